package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** Which every call has that carries them. */
    private static final List<String> COMMON = List.of("method", "path", "body", "status", "done", "failed");

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void explainsEveryKey() throws IOException {
        Stream<List<String>> keys = Stream.of(
                DocumentReader.KEYS,
                DocumentReader.VAULTS_KEYS,
                RegionReader.KEYS,
                PolicyReader.KEYS,
                PolicyReader.SCHEDULE_KEYS,
                PolicyReader.KEEP_KEYS,
                PolicyReader.SIZE_DEVIATION_KEYS,
                StackReader.KEYS,
                ComponentReader.KEYS,
                QuiesceReader.KEYS,
                PeopleReader.CONTACT_KEYS,
                PeopleReader.ESCALATION_KEYS,
                PeopleReader.MAIL_KEYS);
        String readme = readme();
        assertThat(keys.flatMap(List::stream))
                .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
    }

    @Test
    void explainsEverySourceInARowOfItsOwn() throws IOException {
        List<String> rows = readme().lines().toList();
        SourceReader.KEYS.forEach((kind, keys) -> assertThat(rows)
                .filteredOn(row -> row.startsWith("| `" + kind + "` |"))
                .singleElement()
                .satisfies(row -> assertThat(keys)
                        .filteredOn(key -> !key.equals("quiesce"))
                        .allSatisfy(key -> assertThat(row).contains("`" + key + "`"))));
    }

    @Test
    void explainsEveryStepOfABackupApiInARowOfItsOwn() throws IOException {
        List<String> rows = readme().lines().toList();
        RestApiReader.KEYS.forEach((step, keys) -> assertThat(rows)
                .filteredOn(row -> row.startsWith("| `" + step + "` |"))
                .singleElement()
                .satisfies(row -> assertThat(keys)
                        .filteredOn(key -> !COMMON.contains(key))
                        .allSatisfy(key -> assertThat(row).contains("`" + key + "`"))));
        assertThat(COMMON).allSatisfy(key -> assertThat(rows).anyMatch(row -> row.contains("`" + key + "`")));
    }

    /** The second goes on where the first ends. */
    @Test
    void theProjectsOwnReadmeShowsPlansThatAreValid() throws IOException {
        List<String> shown = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(each -> each.group(1))
                .toList();
        assertThat(shown).hasSize(2);
        assertThat(PlanReader.read(shown.getFirst(), "first")).isInstanceOf(PlanReading.Valid.class);
        assertThat(PlanReader.read(String.join("", shown), "both")).isInstanceOf(PlanReading.Valid.class);
    }

    @Test
    void explainsEveryCode() throws IOException {
        String readme = readme();
        assertThat(Code.values()).allSatisfy(code -> assertThat(readme).contains("| " + code + " | "));
    }
}

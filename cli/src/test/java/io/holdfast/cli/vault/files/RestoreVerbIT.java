package io.holdfast.cli.vault.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.vault.VaultBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RestoreVerbIT extends VaultBench {

    private Path target() {
        return temp.resolve("target");
    }

    private Outcome restore(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("restore", "latest:" + source, "--target", target().toString()));
        arguments.addAll(List.of(more));
        return vault(arguments.toArray(String[]::new));
    }

    @Test
    void bringsBackOnlyWhatIsIncludedOrAllButWhatIsExcluded() throws IOException {
        initAndBackUp();
        Path patterns = Files.writeString(temp.resolve("patterns"), "# these\n/deep\n");
        assertThat(restore("--include", "*.txt", "--include-file", patterns.toString())
                        .code())
                .isZero();
        assertThat(target().resolve("letter.txt")).exists();
        assertThat(target().resolve("deep/er/data.bin")).exists();
        assertThat(target().resolve("scratch.tmp")).doesNotExist();
        assertThat(restore("--iexclude", "LETTER*", "--exclude", "deep").out()).startsWith("Restored: 1 file written");
        assertThat(target().resolve("scratch.tmp")).exists();
        assertThat(restore("-i", "a", "-e", "b").err()).startsWith("HF-L05 ");
    }

    @Test
    void leavesExistingFilesAsItIsTold() throws IOException {
        initAndBackUp();
        restore();
        Path letter = Files.writeString(target().resolve("letter.txt"), "mine");
        assertThat(restore("--overwrite", "never").out()).contains("0 files written", "3 left as they were");
        assertThat(restore("--overwrite", "if-newer").code()).isZero();
        assertThat(letter).hasContent("mine");
        JsonNode told = restore("--overwrite", "if-changed", "--json").json();
        assertThat(told.path("files_restored").intValue()).isEqualTo(1);
        assertThat(told.path("files_skipped").intValue()).isEqualTo(2);
        assertThat(told.path("total_files").intValue()).isEqualTo(3);
        assertThat(letter).hasContent("dear reader");
        assertThat(restore("--overwrite", "sometimes").err())
                .startsWith("HF-L05 ")
                .contains("if-newer");
    }

    @Test
    void saysWhatIsBackWithoutItsRights() throws IOException {
        Files.setAttribute(source.resolve("letter.txt"), "unix:mode", 04755);
        initAndBackUp();
        Outcome told = restore();
        assertThat(told.code()).isZero();
        assertThat(told.err())
                .contains("1 file or directory is without the setuid", target() + "/letter.txt", "--setuid");
        assertThat(restore("--setuid").err()).doesNotContain("without the setuid");
        JsonNode rights = restore("--json").json().path("altered").path("rights");
        assertThat(rights.path("count").intValue()).isEqualTo(1);
        assertThat(rights.path("first").get(0).asString()).isEqualTo(target() + "/letter.txt");
    }

    @Test
    void endsAsIncompleteWhereTheCaptureWas() {
        initAndBackUp();
        assertThat(backup("--tag", "kind=incomplete").code()).isZero();
        Outcome told = vault("restore", "latest", "--tag", "kind=incomplete", "--target", target().toString());
        assertThat(told.code()).isEqualTo(3);
        assertThat(told.err()).contains("is of an incomplete capture");
        assertThat(target()).isNotEmptyDirectory();
        assertThat(restore().code()).as("of the one before").isZero();
    }

    @Test
    void changesNothingInADryRun() throws IOException {
        initAndBackUp();
        Outcome told = restore("--dry-run", "--delete");
        assertThat(told.out()).startsWith("A dry run, nothing was changed: 3 files written");
        assertThat(target()).doesNotExist();
    }

    @Test
    void verifiesAndKeepsHolesWhenAskedTo() throws IOException {
        Files.write(source.resolve("zeros"), new byte[4 << 20]);
        initAndBackUp();
        assertThat(restore("--sparse", "--verify", "--in-place", "--no-ownership")
                        .code())
                .isZero();
        assertThat(target().resolve("zeros")).hasSize(4 << 20);
        assertThat(restore("--no-ownership", "--ownership-by-name").err()).startsWith("HF-L05 ");
    }

    @Test
    void deletesBelowTheRootOnlyWhatIsIncluded() {
        initAndBackUp();
        assertThat(vault("restore", "latest", "--target", "/", "--delete", "--dry-run")
                        .err())
                .startsWith("HF-L12 ")
                .contains("--include");
        assertThat(vault("restore", "latest", "--target", "/", "--delete", "--dry-run", "-i", source.toString())
                        .code())
                .isZero();
    }

    @Test
    void dumpsIntoAFileThatIsThereWhenItIsComplete() throws IOException {
        initAndBackUp();
        Path file = temp.resolve("letter");
        assertThat(vault("dump", "latest", source + "/letter.txt", "--target", file.toString())
                        .code())
                .isZero();
        assertThat(file).hasContent("dear reader");
        cli.surroundings.stdoutTerminal = true;
        assertThat(vault("dump", "latest:" + source, "/deep", "-t", file.toString())
                        .code())
                .isZero();
        assertThat(Files.size(file)).isGreaterThan(70_000);
        assertThat(vault("dump", "latest", "/not/there", "-t", file.toString()).code())
                .isEqualTo(1);
        assertThat(Files.size(file)).isGreaterThan(70_000);
        assertThat(vault("dump", "latest", "/", "-t", temp.resolve("none/x").toString())
                        .err())
                .startsWith("HF-L12 ");
        assertThat(temp).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void listsSeveralPathsOnceAndSorted() {
        initAndBackUp();
        assertThat(vault("ls", "latest", source.toString(), source + "/deep")
                        .out()
                        .lines())
                .containsExactly(
                        source.toString(),
                        source + "/deep",
                        source + "/letter.txt",
                        source + "/scratch.tmp",
                        source + "/deep/er");
        assertThat(vault("ls", "latest:" + source, "/deep", "--recursive", "--sort", "size")
                        .out()
                        .lines())
                .startsWith(source + "/deep/er/data.bin");
        assertThat(vault("ls", "latest:" + source, "/", "--reverse").out().lines())
                .containsExactly(source + "/scratch.tmp", source + "/letter.txt", source + "/deep", source.toString());
        assertThat(vault("ls", "latest", "--sort", "colour").err()).startsWith("HF-L05 ");
    }

    @Test
    void findsWhoNeedsAPack() {
        initAndBackUp();
        List<String> packs = vault("list", "packs").out().lines().toList();
        String found = packs.stream()
                .map(pack -> vault("find", "--pack", pack.substring(0, 12)).out())
                .reduce("", String::concat);
        assertThat(found).contains("/letter.txt of snapshot", "/deep of snapshot");
        String pack = packs.getFirst();
        assertThat(vault("find", "--pack", pack).out()).isNotEmpty().doesNotContain(pack);
        assertThat(vault("find", "--show-pack-id", "--pack", pack).out().lines())
                .allMatch(line -> line.endsWith(", from pack " + pack));
        assertThat(vault("find", "--show-pack-id", "--pack", pack, "--json")
                        .json()
                        .get(0)
                        .path("pack")
                        .stringValue())
                .isEqualTo(pack);
        assertThat(vault("find", "--pack", "--blob", "ab").err()).startsWith("HF-L05 ");
        assertThat(vault("find", "--pack", "zz").err()).startsWith("HF-L17 ");
    }

    @Test
    void listsTheNewestOfEachGroup() {
        initAndBackUp();
        backup("--host", "other");
        JsonNode last = backup("--host", "other", "--json").json();
        assertThat(vault("snapshots", "--latest", "1", "--json").json()).hasSize(2);
        JsonNode groups = vault("snapshots", "--group-by", "host", "--latest", "1", "--json")
                .json();
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).path("group_key").path("hostname").stringValue())
                .isEqualTo("other");
        assertThat(groups.get(0).path("snapshots").get(0).path("id")).isEqualTo(last.path("snapshot_id"));
        assertThat(vault("snapshots", "latest", "--group-by", "paths").out())
                .startsWith("paths " + source + ":\n")
                .endsWith("1 snapshot\n");
        assertThat(vault("snapshots", "--latest", "0").err()).startsWith("HF-L05 ");
    }

    @Test
    void saysOnlyResultsWhenItIsToBeQuiet() {
        initAndBackUp();
        assertThat(restore().err()).startsWith("Restoring snapshot ");
        assertThat(restore("--quiet").err()).isEmpty();
    }
}

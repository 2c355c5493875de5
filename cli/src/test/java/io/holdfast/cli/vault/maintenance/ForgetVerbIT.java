package io.holdfast.cli.vault.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.vault.VaultBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ForgetVerbIT extends VaultBench {

    @Test
    void forgetsWhatIsNotToBeKeptAndTellsBefore() {
        initAndBackUp();
        backup();
        backup();
        assertThat(vault("forget", "--keep-last", "1", "--dry-run").out())
                .contains("keep ", "last snapshot", "remove ");
        assertThat(snapshots()).isEqualTo(3);
        JsonNode told = vault("forget", "--keep-last", "1", "--json").json();
        assertThat(told.get(0).path("remove")).hasSize(2);
        assertThat(told.get(0).path("keep")).hasSize(1);
        assertThat(snapshots()).isEqualTo(1);
    }

    @Test
    void forgetsSnapshotsByIdButNothingWithoutAWord() {
        initAndBackUp();
        backup("--tag", "gone");
        assertThat(vault("forget").err()).startsWith("HF-L05 ");
        assertThat(vault("forget", "--unsafe-allow-remove-all").err()).startsWith("HF-L05 ");
        assertThat(vault("forget", "latest", "--tag", "gone").out()).contains("Removed 1 snapshot");
        assertThat(snapshots()).isEqualTo(1);
        assertThat(vault("forget", "--keep-last", "some").err()).startsWith("HF-L05 ");
        assertThat(vault("forget", "latest", "--keep-last", "1").err()).startsWith("HF-L05 ");
    }

    @Test
    void keepsRecoveryPointsWhole() {
        vault("init");
        backup("--tag", "recovery-point=a,kind=regular", "--host", "database");
        backup("--tag", "recovery-point=a,kind=regular", "--host", "files");
        backup("--host", "files");
        Outcome told = vault("forget", "--keep-last", "1", "--json");
        assertThat(told.out()).contains("recovery point a is kept").contains("\"remove\":[]");
        assertThat(snapshots()).isEqualTo(3);
    }

    @Test
    void keepsTheNewestRegularSnapshotWhateverIsToBeKept() {
        vault("init");
        backup("--tag", "kind=regular");
        backup("--tag", "kind=incomplete");
        assertThat(vault("forget", "--keep-tag", "kind=incomplete").code()).isZero();
        assertThat(snapshots()).isEqualTo(2);
    }

    @Test
    void emptiesAGroupOnlyWhenAllowed() {
        vault("init");
        backup("--tag", "kind=safety");
        Outcome refused = vault("forget", "--keep-tag", "none");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("HF-L16 ").contains("nothing would be left of");
        assertThat(vault("forget", "--unsafe-allow-remove-all", "--tag", "kind=safety")
                        .code())
                .isZero();
        assertThat(snapshots()).isZero();
    }

    @Test
    void changesTags() {
        initAndBackUp();
        assertThat(vault("tag", "--add", "a,b", "latest").out()).contains("1 snapshot changed");
        assertThat(vault("tag", "--remove", "a").code()).isZero();
        JsonNode listed = vault("snapshots", "--json").json().get(0);
        assertThat(listed.path("tags").toString()).isEqualTo("[\"b\"]");
        assertThat(listed.path("original").stringValue()).hasSize(64);
        assertThat(vault("tag").err()).startsWith("HF-L05 ");
    }

    @Test
    void removesNoLockWhereNoneIs() {
        initAndBackUp();
        assertThat(vault("unlock").out()).isEqualTo("Removed 0 locks\n");
        assertThat(vault("unlock", "--remove-all", "--json")
                        .json()
                        .path("removed")
                        .intValue())
                .isZero();
    }

    private long packs() throws IOException {
        try (Stream<Path> files = Files.walk(repository.resolve("data"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private void leaveSomethingUnneeded() throws IOException {
        Files.write(source.resolve("large"), new byte[3_000_000]);
        initAndBackUp();
        Files.delete(source.resolve("large"));
        backup();
    }

    @Test
    void freesSpaceAtOnceOnlyWhenAskedTo() throws IOException {
        leaveSomethingUnneeded();
        long before = packs();
        Outcome first = vault("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("waiting:", "in a day or later");
        long meanwhile = packs();
        assertThat(meanwhile).isGreaterThan(before);
        assertThat(temp.resolve("state/prune")).isNotEmptyDirectory();
        JsonNode second = vault("prune", "--immediately", "--json").json();
        assertThat(second.path("packs_deleted").intValue()).isPositive();
        assertThat(second.path("packs_waiting").intValue()).isZero();
        assertThat(packs()).isLessThan(meanwhile);
        assertThat(vault("check", "--read-data").code()).isZero();
    }

    @Test
    void onlyTellsWhatAPruneWouldDo() throws IOException {
        leaveSomethingUnneeded();
        vault("forget", "--keep-last", "1");
        long before = packs();
        Outcome told = vault("prune", "--dry-run", "--max-unused", "unlimited", "--max-repack-size", "1G");
        assertThat(told.out()).contains("not needed:", "a dry run");
        assertThat(packs()).isEqualTo(before);
        assertThat(temp.resolve("state")).doesNotExist();
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThat(vault("prune", "--max-unused", "100%").err()).startsWith("HF-L05 ");
        assertThat(vault("prune", "--max-unused", "much").err()).startsWith("HF-L05 ");
        assertThat(vault("prune", "--repack-cacheable-only", "--repack-small").err())
                .startsWith("HF-L05 ");
    }
}

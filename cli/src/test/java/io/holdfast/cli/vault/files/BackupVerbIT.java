package io.holdfast.cli.vault.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.vault.VaultBench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BackupVerbIT extends VaultBench {

    private String listed(String snapshot) {
        return vault("ls", snapshot).out();
    }

    @Test
    void backsUpStandardInputAsAFile() {
        vault("init");
        cli.surroundings.stdin = new ByteArrayInputStream(new byte[] {'d', 'u', 'm', 'p'});
        assertThat(vault("backup", "--stdin", "--stdin-filename", "db/all.sql").code())
                .isZero();
        vault("dump", "latest", "/db/all.sql");
        assertThat(cli.dumped()).asString().isEqualTo("dump");
    }

    @Test
    void backsUpWhatACommandWritesOnlyIfItEndsWell() {
        vault("init");
        assertThat(vault("backup", "--stdin-from-command", "--", "sh", "-c", "printf out")
                        .code())
                .isZero();
        vault("dump", "latest", "/stdin");
        assertThat(cli.dumped()).asString().isEqualTo("out");
        Outcome failed = vault("backup", "--stdin-from-command", "--", "sh", "-c", "printf half; exit 3");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).startsWith("HF-V06 ").contains("sh ended with 3", "No snapshot was made");
        assertThat(snapshots()).isEqualTo(1);
    }

    @Test
    void backsUpWhatFilesNameByWildcardsOrAsItIs() throws IOException {
        Path odd = Files.writeString(source.resolve("#*"), "a name with a wildcard");
        Path globs = Files.writeString(
                temp.resolve("globs"),
                "\ufeff# these\r\n  " + source + "/d[a-e]*/** \r\n\n" + source + "/no*\n",
                StandardCharsets.UTF_16LE);
        Path lines = Files.writeString(temp.resolve("lines"), odd + "\n\n");
        Path raw = Files.writeString(temp.resolve("raw"), source.resolve("letter.txt") + "\0");
        vault("init");
        Outcome made = vault(
                "backup",
                "--files-from",
                globs.toString(),
                "--files-from-verbatim",
                lines.toString(),
                "--files-from-raw",
                raw.toString());
        assertThat(made.code()).isZero();
        assertThat(made.err()).isEqualTo("'%s/no*' in %s matches no file and is skipped\n".formatted(source, globs));
        assertThat(vault("snapshots", "--json").json().get(0).path("paths").toString())
                .isEqualTo("[\"%s\",\"%s\",\"%s\"]"
                        .formatted(odd, source.resolve("deep/er"), source.resolve("letter.txt")));
    }

    @Test
    void takesALineThatBeginsWithANumberSignAsAPathOnlyWhereItIsVerbatim() throws IOException {
        Path list = Files.writeString(temp.resolve("list"), "#x\n");
        vault("init");
        assertThat(vault("backup", "--files-from", list.toString()).err()).contains("Nothing that is to be backed up");
        assertThat(vault("backup", "--files-from-verbatim", list.toString()).err())
                .startsWith("HF-V06 ")
                .contains("#x");
    }

    @Test
    void readsPathsFromStandardInput() {
        vault("init");
        cli.surroundings.stdin = new ByteArrayInputStream((source + "/*.txt\n").getBytes(StandardCharsets.UTF_8));
        assertThat(vault("backup", "--files-from", "-").code()).isZero();
        assertThat(listed("latest")).contains("letter.txt").doesNotContain("scratch");
    }

    @Test
    void refusesWhatItCannotMeanBeforeItAsksForAPassword() throws IOException {
        Path cut = Files.writeString(temp.resolve("cut"), source.toString());
        Path malformed = Files.writeString(temp.resolve("malformed"), "[a\n");
        cli.with("HOLDFAST_PASSWORD", "");
        assertThat(vault("backup").err()).startsWith("HF-L05 Nothing to back up was named");
        assertThat(vault("backup", "--stdin", source.toString()).err()).startsWith("HF-L05 ");
        assertThat(vault("backup", "--stdin", "--files-from", cut.toString()).err())
                .startsWith("HF-L05 ");
        assertThat(vault("backup", "--stdin-from-command").err()).startsWith("HF-L05 ");
        assertThat(vault("backup", "--files-from-raw", cut.toString()).err())
                .startsWith("HF-L05 ")
                .contains("no zero byte ends it");
        assertThat(vault("backup", "--files-from", malformed.toString()).err())
                .startsWith("HF-L05 ")
                .contains("[a");
        assertThat(backup("--time", "yesterday").err()).startsWith("HF-L05 ");
        assertThat(backup("--compression", "more").err()).startsWith("HF-L05 ");
        assertThat(backup("--read-concurrency", "-1").err()).startsWith("HF-L05 ");
    }

    @Test
    void storesNothingInADryRunNorWhenNothingChangedAndItIsToBeSkipped() {
        // Nobody changes it or a directory above it meanwhile.
        String unchanging = Path.of(System.getProperty("java.home"), "release").toString();
        vault("init");
        assertThat(vault("backup", unchanging, "--dry-run").out()).contains("a dry run");
        assertThat(snapshots()).isZero();
        vault("backup", unchanging);
        assertThat(vault("backup", unchanging, "--skip-if-unchanged").out()).contains("nothing has changed");
        assertThat(snapshots()).isEqualTo(1);
    }

    @Test
    void takesTheTimeOfASnapshotAndItsParentFromItsOptions() {
        vault("init");
        backup("--time", "2020-02-03 04:05:06", "--compression", "max");
        JsonNode first = vault("snapshots", "--json").json().get(0);
        assertThat(first.path("time").stringValue()).startsWith("2020-02-03T03:05:06");
        JsonNode made = backup(
                        "--parent", first.path("short_id").stringValue(), "--host", "another", "--no-scan", "--json")
                .json();
        assertThat(made.path("parent")).isEqualTo(first.path("id"));
    }

    @Test
    void looksForAParentByWhatIsToBeTheSame() {
        vault("init");
        JsonNode first = backup("--host", "one", "--json").json();
        cli.with("RESTIC_HOST", "two");
        assertThat(backup("--json").json().path("parent").isMissingNode()).isTrue();
        assertThat(backup("--group-by", "paths", "--host", "three", "--time", "2020-01-01 00:00", "--json")
                        .json()
                        .path("parent")
                        .isMissingNode())
                .as("none is that old")
                .isTrue();
        JsonNode made =
                vault("backup", source + "/deep", "--group-by", "", "--json").json();
        assertThat(made.path("parent").stringValue()).hasSize(64);
        assertThat(vault("snapshots", "--json", "--host", "").json()).hasSize(4);
        assertThat(backup("--group-by", "size").err()).startsWith("HF-L05 ");
        assertThat(vault("snapshots", "--json", "--host", "one").json().get(0).path("id"))
                .isEqualTo(first.path("snapshot_id"));
    }
}

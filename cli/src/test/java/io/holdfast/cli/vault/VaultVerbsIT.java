package io.holdfast.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.cli.TestCli;
import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.terminal.Json;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backends;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.feedback.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VaultVerbsIT extends VaultBench {

    @Test
    void printsARecoverySheetThatNamesPlacePasswordFileAndCommands() throws IOException {
        Path password = temp.resolve("pass word");
        Files.writeString(password, PASSWORD + "\n");
        Outcome made = cli.run("vault", "init", "--repo", repository.toString(), "-p", password.toString());
        assertThat(made.code()).isZero();
        assertThat(made.out())
                .contains(
                        "RECOVERY SHEET",
                        "repository  " + repository,
                        "in the file " + password,
                        "export RESTIC_REPOSITORY=" + repository,
                        "export RESTIC_PASSWORD_FILE='" + password + "'",
                        "restic restore latest --target DIR")
                .doesNotContain(PASSWORD);
        assertThat(made.err()).isEmpty();
    }

    @Test
    void keepsThePasswordOutOfTheSheetInJsonToo() {
        Outcome made = cli.run("vault", "init", "--json");
        assertThat(made.code()).isZero();
        assertThat(made.json().path("message_type").stringValue()).isEqualTo("initialized");
        assertThat(made.json().path("id").stringValue()).hasSize(64);
        assertThat(made.out()).doesNotContain(PASSWORD);
    }

    @Test
    void bringsBackWhatItBackedUp() throws IOException {
        initAndBackUp();
        Path target = temp.resolve("target");
        Outcome restored = cli.run("vault", "restore", "latest", "--target", target.toString());
        assertThat(restored.code()).isZero();
        assertThat(restored.out()).startsWith("Restored: 3 files written");
        assertThat(Files.readString(Path.of(target + source.toString()).resolve("letter.txt")))
                .isEqualTo("dear reader");
    }

    @Test
    void namesEachFileWhenAskedTwice() throws IOException {
        initAndBackUp();
        String letter = source.toRealPath().resolve("letter.txt").toString();
        Files.writeString(source.resolve("letter.txt"), "dear writer");
        assertThat(backup("-v").out()).doesNotContain(letter);
        Files.writeString(source.resolve("letter.txt"), "dear both");
        Files.writeString(source.resolve("added.txt"), "new here");
        assertThat(backup("-vv").out())
                .contains("modified  " + letter, "new       " + letter.replace("letter", "added"), "unchanged ")
                .contains("snapshot ");
        List<String> json = backup("-v", "--verbose", "--json").out().lines().toList();
        assertThat(json)
                .contains("{\"message_type\":\"verbose_status\",\"action\":\"unchanged\",\"item\":\"" + letter + "\"}");
        assertThat(json.getLast()).startsWith("{\"message_type\":\"summary\"");

        Path target = Files.createDirectories(temp.resolve("target"));
        Files.writeString(target.resolve("extra"), "extra");
        String[] restore = {"vault", "restore", "latest:" + source, "--target", target.toString(), "--delete", "-vv"};
        assertThat(cli.run(restore).out())
                .contains("restored  " + target.resolve("letter.txt"), "deleted   " + target.resolve("extra"));
        assertThat(cli.run(restore).out()).contains("unchanged " + target.resolve("letter.txt"));
    }

    @Test
    void restoresADirectoryOrASingleFileOfASnapshot() throws IOException {
        initAndBackUp();
        Path directory = temp.resolve("directory");
        assertThat(cli.run("vault", "restore", "latest:" + source + "/deep/", "--target", directory.toString())
                        .code())
                .isZero();
        assertThat(directory.resolve("er/data.bin")).hasSize(70_000);
        Path single = temp.resolve("single");
        assertThat(cli.run("vault", "restore", "latest:" + source + "/letter.txt", "--target", single.toString())
                        .code())
                .isZero();
        assertThat(single.resolve("letter.txt")).hasContent("dear reader");
    }

    @Test
    void deletesWhatTheSnapshotDoesNotHoldOnlyWhenAskedTo() throws IOException {
        initAndBackUp();
        Path target = Files.createDirectories(temp.resolve("target"));
        Path extra = Files.writeString(target.resolve("extra"), "mine");
        String what = "latest:" + source;
        assertThat(cli.run("vault", "restore", what, "-t", target.toString()).out())
                .contains("0 deleted");
        assertThat(extra).exists();
        assertThat(cli.run("vault", "restore", what, "-t", target.toString(), "--delete")
                        .out())
                .contains("3 unchanged, 1 deleted");
        assertThat(extra).doesNotExist();
    }

    @Test
    void neverDeletesInTheRootDirectory() {
        initAndBackUp();
        Outcome refused = cli.run("vault", "restore", "latest", "--target", "/tmp/..", "--delete");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("HF-L12 Will not restore into / with --delete");
    }

    @Test
    void listsProblemsAndExitsWithThreeWhenABackupIsIncomplete() {
        Path unreadable = Path.of("/proc/self/mem");
        assumeTrue(Files.exists(unreadable), "a file that even root cannot read is needed, as Linux has one");
        cli.run("vault", "init");
        Outcome incomplete = backup(unreadable.toString());
        assertThat(incomplete.code()).isEqualTo(3);
        assertThat(incomplete.err()).contains("/mem: cannot be read").hasLineCount(1);
        assertThat(incomplete.out()).endsWith("saved, incomplete: 1 problem\n");
    }

    @Test
    void exitsWithThreeWhenARestoreIsIncomplete() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "a device is needed");
        cli.run("vault", "init");
        assertThat(backup(device.toString()).code()).isZero();
        Outcome incomplete =
                cli.run("vault", "restore", "latest", "-t", temp.resolve("t").toString());
        assertThat(incomplete.code()).isEqualTo(3);
        assertThat(incomplete.err()).contains("1 device was not made (", "/dev/null)", "--devices");
        assertThat(incomplete.out()).startsWith("Restored in part: 3 files written");
    }

    @Test
    void tellsAsJsonWhatABackupDid() {
        cli.run("vault", "init");
        JsonNode saved = backup("--json", "--tag", "a,b", "--tag", "c", "--host", "elsewhere", "-e", "*.tmp")
                .json();
        assertThat(saved.path("message_type").stringValue()).isEqualTo("summary");
        assertThat(saved.path("files_new").intValue()).isEqualTo(2);
        assertThat(saved.path("problems").isArray()).isTrue();
        JsonNode listed = cli.run("vault", "snapshots", "--json").json().get(0);
        assertThat(listed.path("id")).isEqualTo(saved.path("snapshot_id"));
        assertThat(listed.path("tags").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(listed.path("hostname").stringValue()).isEqualTo("elsewhere");
        assertThat(listed.path("paths").get(0).stringValue()).isEqualTo(source.toString());
    }

    @Test
    void readsUnchangedFilesAgainOnlyWhenForced() {
        initAndBackUp();
        assertThat(backup().out()).contains("0 new,      0 changed,      3 unmodified");
        assertThat(backup("--force").out()).contains("3 new,      0 changed,      0 unmodified");
    }

    @Test
    void listsSnapshotsOldestFirstAndByTag() {
        cli.run("vault", "init");
        backup("--tag", "first,both");
        backup("--tag", "second,both");
        assertThat(cli.run("vault", "snapshots").out().lines().toList())
                .hasSize(4)
                .satisfies(lines -> {
                    assertThat(lines.getFirst()).startsWith("ID ").contains("Time", "Host", "Tags", "Files", "Size");
                    assertThat(lines.get(1)).contains("first,both").containsPattern(" \\+0[12]:00 ");
                    assertThat(lines.getLast()).isEqualTo("2 snapshots");
                });
        assertThat(cli.run("vault", "snapshots", "--tag", "first,both").out()).endsWith("1 snapshot\n");
        assertThat(cli.run("vault", "snapshots", "--tag", "first,second").out()).endsWith("0 snapshots\n");
        assertThat(cli.run("vault", "snapshots", "--tag", "first", "--tag", "second")
                        .out())
                .endsWith("2 snapshots\n");
    }

    @Test
    void latestPassesOverSafetyCopiesAndManifests() throws IOException {
        cli.run("vault", "init");
        backup("--tag", "kind=regular");
        Files.writeString(source.resolve("letter.txt"), "of the safety copy");
        backup("--tag", "kind=safety");
        cli.run("vault", "dump", "latest", source + "/letter.txt");
        assertThat(cli.dumped()).asString().isEqualTo("dear reader");
        cli.run("vault", "dump", "latest", source + "/letter.txt", "--tag", "kind=safety");
        assertThat(cli.dumped()).asString().isEqualTo("of the safety copy");
    }

    @Test
    void listsEverythingOrOneLevelOfADirectory() {
        initAndBackUp();
        assertThat(cli.run("vault", "ls", "latest").out().lines())
                .contains(source.toString(), source + "/letter.txt", source + "/deep/er/data.bin");
        assertThat(cli.run("vault", "ls", "latest", source + "/deep/").out().lines())
                .containsExactly(source + "/deep", source + "/deep/er");
        assertThat(cli.run("vault", "ls", "latest", source + "/deep", "--recursive")
                        .out())
                .contains("data.bin");
        assertThat(cli.run("vault", "ls", "latest", source + "/letter.txt", "-l")
                        .out())
                .startsWith("-rw")
                .contains(" 11 B ", "letter.txt");
    }

    @Test
    void listsAsOneJsonDocumentPerLine() {
        initAndBackUp();
        List<JsonNode> lines = cli.run("vault", "ls", "latest", source + "/deep", "--json")
                .out()
                .lines()
                .map(line -> Json.tree(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .toList();
        assertThat(lines.getFirst().path("struct_type").stringValue()).isEqualTo("snapshot");
        assertThat(lines.getLast().path("name").stringValue()).isEqualTo("er");
        assertThat(lines.getLast().path("type").stringValue()).isEqualTo("dir");
    }

    @Test
    void dumpsAFileAsItIsAndADirectoryAsTar() throws IOException {
        initAndBackUp();
        assertThat(cli.run("vault", "dump", "latest", source + "/letter.txt").code())
                .isZero();
        assertThat(cli.dumped()).asString().isEqualTo("dear reader");
        assertThat(cli.run("vault", "dump", "latest", source + "/deep").code()).isZero();
        try (var tar = new TarArchiveInputStream(new java.io.ByteArrayInputStream(cli.dumped()))) {
            assertThat(Stream.generate(() -> next(tar)).takeWhile(name -> !name.isEmpty()))
                    .contains((source + "/deep/er/data.bin").substring(1));
        }
    }

    private static String next(TarArchiveInputStream tar) {
        try {
            var entry = tar.getNextEntry();
            return entry == null ? "" : entry.getName();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void writesNoArchiveToATerminal() {
        initAndBackUp();
        cli.surroundings.stdoutTerminal = true;
        Outcome refused = cli.run("vault", "dump", "latest", "/");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("HF-L12", "FILE.tar");
        assertThat(cli.dumped()).isEmpty();
    }

    @Test
    void saysSoWhenTheReaderOfADumpHasGone() {
        initAndBackUp();
        cli.surroundings.stdout = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Outcome broken = cli.run("vault", "dump", "latest", source + "/letter.txt");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).startsWith("HF-L11 Cannot write to standard output");
    }

    @Test
    void findsNoErrorsInASoundRepository() {
        initAndBackUp();
        assertThat(cli.run("vault", "check").out()).contains("1 snapshot", "No errors were found.", "--read-data");
        JsonNode checked = cli.run("vault", "check", "--read-data", "--json").json();
        assertThat(checked.path("num_errors").intValue()).isZero();
        assertThat(checked.path("bytes_read").longValue()).isPositive();
        JsonNode part =
                cli.run("vault", "check", "--read-data-subset", "50%", "--json").json();
        assertThat(part.path("packs_read").intValue()).isEqualTo(1);
        assertThat(cli.run("vault", "check", "--read-data-subset", "3/2").err())
                .contains("3 of 2 is no group of packs");
        assertThat(cli.run("vault", "check", "--read-data-subset", "1/2", "--read-data")
                        .err())
                .contains("only one can be meant");
    }

    @Test
    void failsWhenTheRepositoryIsDamaged() throws IOException {
        initAndBackUp();
        try (Stream<Path> packs = Files.walk(repository.resolve("data"))) {
            Files.delete(packs.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
        Outcome checked = cli.run("vault", "check");
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.err()).contains("damaged: ", "is missing");
        assertThat(checked.out()).doesNotContain("No errors");
    }

    @Test
    void exitsWithTenWhereNoRepositoryIs() {
        Outcome missing = cli.run("vault", "snapshots");
        assertThat(missing.code()).isEqualTo(10);
        assertThat(missing.err()).startsWith("HF-V01 ").doesNotContain("Exception", "\tat ");
    }

    @Test
    void exitsWithElevenWhenTheRepositoryIsLocked() throws IOException {
        initAndBackUp();
        try (Vault other = Vault.open(
                Backends.open(repository.toString(), Map.<String, String>of()::get), Password.of(PASSWORD))) {
            int[] code = new int[1];
            other.backup(
                    BackupSpec.of(io.holdfast.vault.backup.Root.Tree.of(source))
                            .with(BackupOption.FORCE)
                            .withCommitGuard(
                                    () -> code[0] = cli.run("vault", "check").code()),
                    Progress.NONE);
            assertThat(code[0]).isEqualTo(11);
        }
    }

    @Test
    void exitsWithTwelveWhenThePasswordIsWrong() {
        initAndBackUp();
        Outcome wrong = cli.with("HOLDFAST_PASSWORD", "incorrect horse").run("vault", "snapshots", "--json");
        assertThat(wrong.code()).isEqualTo(12);
        assertThat(wrong.error().path("code").stringValue()).isEqualTo("HF-V03");
        assertThat(wrong.error().path("message").stringValue()).startsWith("Cannot open the repository at");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void exitsWithOneHundredAndThirtyWhenInterrupted() {
        initAndBackUp();
        Thread.currentThread().interrupt();
        Outcome interrupted = backup();
        boolean _ = Thread.interrupted();
        assertThat(interrupted.code()).isEqualTo(130);
        assertThat(interrupted.err()).containsIgnoringCase("interrupted");
    }

    @Test
    void exitsWithOneForEverythingElse() {
        initAndBackUp();
        assertThat(cli.run("vault", "init").code()).isEqualTo(1);
        Outcome missing = cli.run("vault", "backup", temp.resolve("nothing").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).startsWith("HF-V06 Cannot back up " + temp.resolve("nothing"));
        Outcome nowhere = cli.run("vault", "snapshots", "--repo", "sftp:host:/x");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).startsWith("HF-V103 ");
    }

    @Test
    void saysWhichSnapshotCannotBeChosen() {
        initAndBackUp();
        assertThat(cli.run("vault", "ls", "ffffffff").err())
                .startsWith("HF-V07 ")
                .contains("'ffffffff'");
        assertThat(cli.run("vault", "ls", "newest").err()).contains("neither 'latest' nor the id");
        assertThat(cli.run("vault", "ls", "latest", "/not/there").err())
                .contains("HF-")
                .contains("/not");
    }

    @Test
    void namesTheMissingRepositoryOrPassword() {
        assertThat(new TestCli().run("vault", "snapshots").err())
                .startsWith("HF-L07 ")
                .contains("--repo");
        assertThat(new TestCli()
                        .run("vault", "snapshots", "-r", repository.toString())
                        .err())
                .startsWith("HF-L06 ")
                .contains("--password-file");
    }

    @Test
    void findsFilesByNameInEverySnapshot() {
        initAndBackUp();
        backup();
        assertThat(cli.run("vault", "find", "*.TXT", "-i").out().lines())
                .containsExactly(source + "/letter.txt", source + "/letter.txt");
        JsonNode found = cli.run("vault", "find", "letter*", "--json", "--snapshot", "latest")
                .json();
        assertThat(found.get(0).path("hits").intValue()).isEqualTo(1);
        assertThat(found.get(0).path("matches").get(0).path("path").stringValue())
                .isEqualTo(source + "/letter.txt");
        assertThat(cli.run("vault", "find", "nothing", "--json").json()).isEmpty();
        assertThat(cli.run("vault", "find", "[a").err()).startsWith("HF-V13 ");
        assertThat(cli.run("vault", "find", "x", "--oldest", "soon").err()).startsWith("HF-L05 ");
    }

    @Test
    void showsWhatChangedBetweenSnapshots() throws IOException {
        initAndBackUp();
        String first = cli.run("vault", "snapshots", "--json")
                .json()
                .get(0)
                .path("short_id")
                .stringValue();
        Files.writeString(source.resolve("letter.txt"), "dear reader, again");
        Files.delete(source.resolve("deep/er/data.bin"));
        backup();
        Outcome shown = cli.run("vault", "diff", first + ":" + source, "latest:" + source);
        assertThat(shown.out())
                .startsWith("-    /deep/er/data.bin\nM    /letter.txt\n")
                .contains("1 removed,     1 changed");
        assertThat(cli.run("vault", "diff", first, "latest", "--json").out())
                .contains("\"message_type\":\"change\"", "\"message_type\":\"statistics\"", "\"changed_files\":1");
    }

    @Test
    void countsWhatSnapshotsHold() {
        initAndBackUp();
        JsonNode counted =
                cli.run("vault", "stats", "--json", "--mode", "raw-data").json();
        assertThat(counted.path("snapshots_count").intValue()).isEqualTo(1);
        assertThat(counted.path("compression_ratio").doubleValue()).isGreaterThan(1);
        assertThat(cli.run("vault", "stats").out()).contains("Stats in restore-size mode:", "Total File Count:");
        assertThat(cli.run("vault", "stats", "--mode", "all").err())
                .startsWith("HF-L05 ")
                .contains("raw-data");
    }

    @Test
    void dumpsADirectoryAsZip() throws IOException {
        initAndBackUp();
        cli.run("vault", "dump", "latest", source + "/deep", "--archive", "zip");
        try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(cli.dumped()))) {
            assertThat(java.util.Objects.requireNonNull(zip.getNextEntry()).getName())
                    .isEqualTo((source + "/deep/").substring(1));
            assertThat(java.util.Objects.requireNonNull(zip.getNextEntry()).getName())
                    .isEqualTo((source + "/deep/er/").substring(1));
        }
    }

    @Test
    void leavesOutWhatItsOptionsSay() throws IOException {
        Path patterns = Files.writeString(temp.resolve("patterns"), "# comment\n\n  *.$SUFFIX \n$$x\n");
        Files.writeString(
                Files.createDirectories(source.resolve("cache")).resolve("CACHEDIR.TAG"),
                "Signature: 8a477f597d28d172789f06886806bc55");
        Files.writeString(source.resolve("cache/entry"), "x");
        cli.run("vault", "init");
        cli.with("SUFFIX", "tmp");
        backup(
                "--exclude-file",
                patterns.toString(),
                "--exclude-caches",
                "--exclude-larger-than",
                "60k",
                "--iexclude",
                "LETTER*");
        assertThat(cli.run("vault", "ls", "latest", source.toString(), "--recursive")
                        .out()
                        .lines())
                .containsExactly(
                        source.toString(),
                        source + "/cache",
                        source + "/cache/CACHEDIR.TAG",
                        source + "/deep",
                        source + "/deep/er");
        assertThat(backup("--exclude-larger-than", "much").err()).startsWith("HF-L05 ");
        assertThat(backup("--exclude-file", "/not/there").err()).startsWith("HF-L05 ");
    }
}

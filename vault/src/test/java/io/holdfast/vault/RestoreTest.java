package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.restore.RestoreSpec.Choice;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.restore.RestoreSpec.Overwrite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {

    private static final Instant TIME = Instant.parse("2020-01-02T03:04:05.000000006Z");
    private static final int LARGE = 9_000_000;

    @TempDir
    Path temp;

    private Path source;
    private Path target;
    private Vault vault;

    @BeforeEach
    void emptyVault() throws IOException {
        source = Files.createDirectories(temp.resolve("source"));
        target = temp.resolve("target");
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
    }

    @Test
    void bringsBackEveryHardCaseAndThenFindsNothingToDo() throws IOException {
        HardCases.withAttributes(source);
        SnapshotId snapshot = backup();
        RestoreResult result = restore(snapshot, spec().with(Option.SETUID));
        assertThat(result.problems()).isEmpty();
        assertThat(Manifest.of(target)).isEqualTo(Manifest.of(source));
        RestoreResult again = restore(snapshot, spec().with(Option.SETUID));
        assertThat(again.written()).isZero();
        assertThat(again.bytes()).isZero();
        assertThat(again.unchanged()).isEqualTo(result.written());
        assertThat(Manifest.of(target)).isEqualTo(Manifest.of(source));
    }

    @Test
    void readsFromTheRepositoryOnlyWhatDiffers() throws IOException {
        byte[] content = HardCases.random(1, LARGE);
        Files.write(source.resolve("large"), content);
        SnapshotId snapshot = backup();
        restore(snapshot, spec());
        Object before = inode("large");
        content[LARGE / 2] ^= 1;
        Files.write(target.resolve("large"), content);
        RestoreResult result = restore(snapshot, spec());
        assertThat(result.written()).isEqualTo(1);
        assertThat(result.bytes()).isBetween(1L, LARGE - 1L);
        assertThat(Files.mismatch(target.resolve("large"), source.resolve("large")))
                .isNegative();
        assertThat(inode("large")).isNotEqualTo(before);
        assertThat(names()).containsExactly("large");
    }

    @Test
    void changesAFileInPlaceWhenAsked() throws IOException {
        byte[] content = HardCases.random(1, LARGE);
        Files.write(source.resolve("large"), content);
        SnapshotId snapshot = backup();
        restore(snapshot, spec());
        Object before = inode("large");
        content[LARGE - 1] ^= 1;
        Files.write(target.resolve("large"), content);
        Files.write(target.resolve("large"), new byte[10], java.nio.file.StandardOpenOption.APPEND);
        RestoreResult result = restore(snapshot, spec().with(Option.IN_PLACE));
        assertThat(result.bytes()).isBetween(1L, LARGE - 1L);
        assertThat(Files.mismatch(target.resolve("large"), source.resolve("large")))
                .isNegative();
        assertThat(inode("large")).isEqualTo(before);
    }

    @Test
    void overwritesByThePolicyAsked() throws IOException {
        for (String name : List.of("newer", "older", "missing")) {
            write(source, name, "from the snapshot");
        }
        SnapshotId snapshot = backup();
        for (Overwrite overwrite : Overwrite.values()) {
            write(target, "newer", "FROM THE SNAPSHOT");
            Posix.setTimes(target.resolve("newer"), TIME.plusSeconds(1));
            write(target, "older", "FROM THE SNAPSHOT");
            Posix.setTimes(target.resolve("older"), TIME.minusSeconds(1));
            Files.deleteIfExists(target.resolve("missing"));
            RestoreResult result = restore(snapshot, spec().withOverwrite(overwrite));
            boolean all = overwrite == Overwrite.ALWAYS || overwrite == Overwrite.IF_CHANGED;
            assertThat(target.resolve("missing")).hasContent("from the snapshot");
            assertThat(Files.readString(target.resolve("newer")))
                    .as("%s", overwrite)
                    .isEqualTo(all ? "from the snapshot" : "FROM THE SNAPSHOT");
            assertThat(Files.readString(target.resolve("older")))
                    .as("%s", overwrite)
                    .isEqualTo(overwrite == Overwrite.NEVER ? "FROM THE SNAPSHOT" : "from the snapshot");
            assertThat(result.skipped()).isEqualTo(all ? 0 : overwrite == Overwrite.NEVER ? 2 : 1);
        }
    }

    @Test
    void takesSizeAndTimeForContentOnlyIfAskedTo() throws IOException {
        write(source, "file", "content");
        SnapshotId snapshot = backup();
        write(target, "file", "CONTENT");
        RestoreResult trusting = restore(snapshot, spec().withOverwrite(Overwrite.IF_CHANGED));
        assertThat(trusting.unchanged()).isEqualTo(1);
        assertThat(target.resolve("file")).hasContent("CONTENT");
        assertThat(restore(snapshot, spec()).written()).isEqualTo(1);
        assertThat(target.resolve("file")).hasContent("content");
    }

    @Test
    void restoresWhatMatchesAndTheDirectoriesThatLeadThere() throws IOException {
        for (String path : List.of("a/b/one.txt", "a/b/two.TXT", "a/c/three", "d/four", "four.txt/deep/five")) {
            write(source, path, path);
        }
        Files.setAttribute(source.resolve("a"), "unix:mode", 0711);
        SnapshotId snapshot = backup();
        restore(snapshot, spec().withChoice(new Choice.Including(List.of("*.txt"), List.of())));
        assertThat(names())
                .containsExactly("a", "a/b", "a/b/one.txt", "four.txt", "four.txt/deep", "four.txt/deep/five");
        assertThat(Files.getAttribute(target.resolve("a"), "unix:mode")).isEqualTo(040711);
        restore(snapshot, spec().withChoice(new Choice.Including(List.of("/d"), List.of("*.txt"))));
        assertThat(names()).contains("a/b/two.TXT", "d/four").doesNotContain("a/c");
        Files.createFile(target.resolve("d/extra"));
        Files.createFile(target.resolve("a/extra"));
        restore(
                snapshot,
                spec().withChoice(new Choice.Including(List.of("/d"), List.of()))
                        .with(Option.DELETE_EXTRA));
        assertThat(names()).contains("a/extra").doesNotContain("d/extra");
    }

    @Test
    void leavesOutWhatIsExcludedAlsoFromDeletion() throws IOException {
        for (String path : List.of("keep/file", "skip/file", "skip.tmp", "other")) {
            write(source, path, path);
        }
        SnapshotId snapshot = backup();
        write(target, "skip/extra", "x");
        write(target, "extra.tmp", "x");
        write(target, "extra", "x");
        restore(
                snapshot,
                spec().withChoice(new Choice.Excluding(List.of("/skip"), List.of("*.TMP")))
                        .with(Option.DELETE_EXTRA));
        assertThat(names()).containsExactly("extra.tmp", "keep", "keep/file", "other", "skip", "skip/extra");
    }

    @Test
    void refusesAMalformedPatternBeforeItChangesAnything() throws IOException {
        write(source, "file", "content");
        SnapshotId snapshot = backup();
        Choice malformed = new Choice.Excluding(List.of("[a"), List.of());
        assertThatThrownBy(() -> restore(snapshot, spec().withChoice(malformed)))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.REFUSED))
                .hasMessageContaining("[a");
        assertThat(target).doesNotExist();
    }

    @Test
    void saysInADryRunWhatTheRealOneDoes() throws IOException {
        HardCases.withAttributes(source);
        SnapshotId snapshot = backup();
        assertThat(restore(snapshot, spec().with(Option.DRY_RUN)).written()).isGreaterThan(10);
        assertThat(target).doesNotExist();
        restore(snapshot, spec());
        write(target, "plain.txt", "changed");
        write(target, "a/b/extra/deep", "x");
        Files.delete(target.resolve("fifo"));
        List<String> before = Manifest.of(target);
        RestoreSpec spec = spec().with(Option.DELETE_EXTRA);
        RestoreResult dry = restore(snapshot, spec.with(Option.DRY_RUN));
        assertThat(Manifest.of(target)).isEqualTo(before);
        RestoreResult real = restore(snapshot, spec);
        assertThat(dry).isEqualTo(real);
        assertThat(real.deleted()).isEqualTo(2);
    }

    @Test
    void leavesHolesForZerosWhenAsked() throws Exception {
        byte[] content = new byte[6_000_000];
        System.arraycopy(HardCases.random(1, 10_000), 0, content, 2_000_001, 10_000);
        content[content.length - 1] = 1;
        Files.write(source.resolve("holes"), content);
        Files.write(source.resolve("zeros"), new byte[3_000_000]);
        SnapshotId snapshot = backup();
        restore(snapshot, spec().with(Option.SPARSE));
        assertThat(Files.readAllBytes(target.resolve("holes"))).isEqualTo(content);
        assertThat(Files.readAllBytes(target.resolve("zeros"))).isEqualTo(new byte[3_000_000]);
        assertThat(blocks("holes")).isLessThan(100);
        assertThat(blocks("zeros")).isZero();
        Files.write(target.resolve("zeros"), HardCases.random(5, 3_000_000));
        restore(snapshot, spec().with(Option.SPARSE).with(Option.IN_PLACE));
        assertThat(Files.readAllBytes(target.resolve("zeros"))).isEqualTo(new byte[3_000_000]);
    }

    @Test
    void joinsNamesOfOneFileAcrossDirectoriesAndPartsOthers() throws IOException {
        write(source, "a/one", "content");
        Files.createDirectories(source.resolve("z"));
        Files.createLink(source.resolve("z/two"), source.resolve("a/one"));
        Files.createLink(source.resolve("a/three"), source.resolve("a/one"));
        SnapshotId snapshot = backup();
        write(target, "a/one", "content");
        write(target, "z/two", "other");
        Files.createLink(target.resolve("z/four"), target.resolve("z/two"));
        assertThat(restore(snapshot, spec()).problems()).isEmpty();
        assertThat(inode("z/two")).isEqualTo(inode("a/one")).isEqualTo(inode("a/three"));
        assertThat(Files.getAttribute(target.resolve("a/one"), "unix:nlink")).isEqualTo(3);
        assertThat(target.resolve("z/four")).hasContent("other");
        assertThat(names()).containsExactly("a", "a/one", "a/three", "z", "z/four", "z/two");
        assertThat(restore(snapshot, spec()).written()).isZero();
    }

    @Test
    void leavesOtherNamesOfAReplacedFileAlone() throws IOException {
        write(source, "file", "from the snapshot");
        SnapshotId snapshot = backup();
        write(target, "file", "from the target");
        Files.createLink(temp.resolve("outside"), target.resolve("file"));
        restore(snapshot, spec().with(Option.IN_PLACE));
        assertThat(target.resolve("file")).hasContent("from the snapshot");
        assertThat(temp.resolve("outside")).hasContent("from the target");
    }

    @Test
    void putsEveryKindInPlaceOfEveryOther() throws IOException {
        List<String> kinds = List.of("file", "dir", "link", "fifo");
        for (String was : kinds) {
            for (String becomes : kinds) {
                make(source, was + "-" + becomes, becomes);
                make(target, was + "-" + becomes, was);
            }
        }
        assertThat(restore(backup(), spec().with(Option.DELETE_EXTRA)).problems())
                .isEmpty();
        assertThat(Manifest.of(target)).isEqualTo(Manifest.of(source));
    }

    @Test
    void emptiesNoDirectoryForAFileUnlessItMayDelete() throws IOException {
        write(source, "name", "content");
        SnapshotId snapshot = backup();
        write(target, "name/precious", "x");
        RestoreResult result = restore(snapshot, spec());
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path())
                        .isEqualTo(target.resolve("name").toString()));
        assertThat(names()).containsExactly("name", "name/precious");
        assertThat(restore(snapshot, spec().with(Option.DELETE_EXTRA)).problems())
                .isEmpty();
        assertThat(target.resolve("name")).hasContent("content");
    }

    @Test
    void noticesOnReadingAgainThatAFileIsNotAsItWas() throws IOException {
        write(source, "file", "content");
        SnapshotId snapshot = backup();
        RestoreSpec spec = spec().with(Option.VERIFY);
        assertThat(restore(snapshot, spec).problems()).isEmpty();
        Files.delete(target.resolve("file"));
        RestoreResult result = vault.restore(snapshot, spec, new Progress() {
            @Override
            public void advanced(long files, long bytes) {
                if (files > 0) {
                    spoil();
                }
            }
        });
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("differs"));
    }

    @Test
    void removesWhatAKilledRestoreLeft() throws IOException {
        write(source, "dir/file", "content");
        SnapshotId snapshot = backup();
        write(target, "dir/.holdfast-restore-0123456789abcdef", "half");
        write(target, "dir/.holdfast-restore-mine", "x");
        restore(snapshot, spec());
        assertThat(names()).containsExactly("dir", "dir/.holdfast-restore-mine", "dir/file");
    }

    @Test
    void restoresASingleFileBesideOthersItLeavesAlone() throws IOException {
        write(source, "dir/file", "content");
        SnapshotId snapshot = backup();
        write(target, "other", "x");
        RestoreSpec spec =
                RestoreSpec.of("/s/dir/file", target.resolve("renamed")).with(Option.DELETE_EXTRA);
        assertThat(vault.restore(snapshot, spec, Progress.NONE).written()).isEqualTo(1);
        assertThat(names()).containsExactly("other", "renamed");
    }

    @Test
    void endsWhenInterruptedAndLeavesNothingHalf() throws IOException {
        for (int i = 0; i < 20; i++) {
            write(source, "file" + i, "content " + i);
        }
        SnapshotId snapshot = backup();
        Thread restoring = Thread.currentThread();
        assertThatThrownBy(() -> vault.restore(snapshot, spec(), new Progress() {
                    @Override
                    public void advanced(long files, long bytes) {
                        restoring.interrupt();
                    }
                }))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names()).noneMatch(name -> name.contains(".holdfast-restore"));
    }

    private void spoil() {
        try {
            Files.writeString(target.resolve("file"), "spoilt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path directory, String name, String kind) throws IOException {
        Files.createDirectories(directory);
        Path path = directory.resolve(name);
        switch (kind) {
            case "file" -> write(directory, name, "content");
            case "dir" -> write(path, "within", "x");
            case "link" -> Files.createSymbolicLink(path, Path.of("/"));
            default -> Posix.makeFifo(path);
        }
    }

    private static void write(Path root, String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
        Posix.setTimes(file, TIME);
    }

    private SnapshotId backup() throws IOException {
        BackupResult result = vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE);
        assertThat(result.problems()).isEmpty();
        return result.snapshot().id();
    }

    private RestoreSpec spec() {
        return RestoreSpec.of("/s", target);
    }

    private RestoreResult restore(SnapshotId snapshot, RestoreSpec spec) throws IOException {
        return vault.restore(snapshot, spec, Progress.NONE);
    }

    private Object inode(String path) throws IOException {
        return Files.getAttribute(target.resolve(path), "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private long blocks(String name) throws Exception {
        Process stat =
                new ProcessBuilder("stat", "-c", "%b", target.resolve(name).toString()).start();
        return Long.parseLong(
                new String(stat.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip());
    }

    private List<String> names() throws IOException {
        try (var walk = Files.walk(target)) {
            return walk.filter(path -> !path.equals(target))
                    .map(path -> target.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}

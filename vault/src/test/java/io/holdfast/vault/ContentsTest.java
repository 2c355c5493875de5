package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.contents.Change;
import io.holdfast.vault.contents.DiffTotals;
import io.holdfast.vault.contents.Entry;
import io.holdfast.vault.contents.FindSpec;
import io.holdfast.vault.contents.StatsMode;
import io.holdfast.vault.contents.StatsTotals;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.Name;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {

    @TempDir
    private Path source;

    private Vault vault;
    private Contents contents;

    @BeforeEach
    void make() throws IOException {
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
        contents = vault.contents();
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
    }

    private void write(String name, String content) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Snapshot backup() throws IOException {
        return vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE)
                .snapshot();
    }

    @Test
    void showsWhatLiesAtAPathInItAndBelowIt() throws IOException {
        write("a/b/c", "1");
        write("d", "22");
        Snapshot snapshot = backup();
        assertThat(contents.entry(snapshot.id(), "/s/d"))
                .hasValueSatisfying(entry -> assertThat(entry.metadata().size()).isEqualTo(2));
        assertThat(contents.entry(snapshot.id(), "/")).isEmpty();
        List<String> children = new ArrayList<>();
        contents.children(snapshot.id(), "/s", entry -> children.add(entry.path()));
        assertThat(children).containsExactly("/s/a", "/s/d");
        List<String> all = new ArrayList<>();
        contents.list(snapshot.id(), "/s/a", entry -> all.add(entry.path()));
        contents.list(snapshot.id(), "/s/d", entry -> all.add(entry.path()));
        assertThat(all).containsExactly("/s/a", "/s/a/b", "/s/a/b/c", "/s/d");
    }

    @Test
    void saysWhichPathIsNotThereOrNotOfTheKindAskedFor() throws IOException {
        write("d", "22");
        Snapshot snapshot = backup();
        assertThatThrownBy(() -> contents.entry(snapshot.id(), "/s/x"))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.NO_SUCH_PATH))
                .hasMessageContaining("/s/x is not in the snapshot");
        assertThatThrownBy(() -> contents.children(snapshot.id(), "/s/d", _ -> {}))
                .hasMessageContaining("/s/d is not a directory");
        assertThatThrownBy(() -> contents.dump(snapshot.id(), "/s", new ByteArrayOutputStream()))
                .hasMessageContaining("/s is not a file");
        assertThatThrownBy(() -> contents.children(snapshot.id(), "/s/../x", _ -> {}))
                .hasMessageContaining("leaves the snapshot");
    }

    @Test
    void givesTheChunksOfAFileInOrder() throws IOException {
        byte[] large = HardCases.random(3, 20 * 1024 * 1024);
        Files.write(source.resolve("large"), large);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        contents.dump(backup().id(), "/s/large", out);
        assertThat(out.toByteArray()).isEqualTo(large);
    }

    private List<String> found(Snapshot snapshot, FindSpec spec) throws IOException {
        List<String> paths = new ArrayList<>();
        contents.find(List.of(snapshot), spec, (_, entry) -> paths.add(entry.path()));
        return paths;
    }

    @Test
    void findsFilesByPatternCaseAndTime() throws IOException {
        write("docs/A.txt", "1");
        write("docs/b.txt", "2");
        write("other/c.md", "3");
        Posix.setTimes(source.resolve("docs/b.txt"), Instant.parse("2001-01-01T00:00:00Z"));
        Snapshot snapshot = backup();
        assertThat(found(snapshot, FindSpec.of("*.txt", "/s/other/*")))
                .containsExactly("/s/docs/A.txt", "/s/docs/b.txt", "/s/other/c.md");
        assertThat(found(snapshot, FindSpec.of("a.TXT").withIgnoresCase(true))).containsExactly("/s/docs/A.txt");
        assertThat(found(snapshot, FindSpec.of("docs").withNewest(Instant.parse("2001-01-01T00:00:00Z"))))
                .containsExactly("/s/docs/b.txt");
        assertThat(found(snapshot, FindSpec.of("docs").withOldest(Instant.parse("2001-01-01T00:00:01Z"))))
                .containsExactly("/s/docs", "/s/docs/A.txt");
        assertThatThrownBy(() -> found(snapshot, FindSpec.of("[a")))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.REFUSED));
    }

    @Test
    void findsWhoNeedsABlob() throws IOException {
        write("dir/one", "same");
        write("two", "same");
        write("three", "other");
        Snapshot snapshot = backup();
        List<String> needed = new ArrayList<>();
        BlobKey chunk = new BlobKey(
                io.holdfast.vault.model.BlobType.DATA,
                io.holdfast.vault.model.BlobId.ofContent("same".getBytes(StandardCharsets.UTF_8)));
        contents.findBlobs(List.of(snapshot), chunk::equals, (_, found) -> needed.add(found.path()));
        assertThat(needed).containsExactly("/s/dir/one", "/s/two");
        List<String> trees = new ArrayList<>();
        contents.findBlobs(
                List.of(snapshot), BlobKey.tree(snapshot.tree())::equals, (_, found) -> trees.add(found.path()));
        assertThat(trees).containsExactly("/");
    }

    @Test
    void tellsWhatHasBecomeOfEachFile() throws IOException {
        write("same/x", "1");
        write("changed", "old");
        write("gone/deep", "2");
        write("kind", "3");
        write("touched", "4");
        write("rotten", "abc");
        Path rotten = source.resolve("rotten");
        Snapshot first = backup();
        write("changed", "longer");
        Files.delete(source.resolve("gone/deep"));
        Files.delete(source.resolve("gone"));
        write("new/er/file", "5");
        Files.delete(source.resolve("kind"));
        Files.createSymbolicLink(source.resolve("kind"), Path.of("x"));
        Posix.setTimes(source.resolve("touched"), Instant.parse("2001-01-01T00:00:00Z"));
        assertThat(rotten).exists();
        Snapshot second = backup();
        List<String> changes = new ArrayList<>();
        DiffTotals totals = contents.diff(
                first.id(), "/s", second.id(), "/s", true, change -> changes.add(letters(change) + change.path()));
        assertThat(changes)
                .containsExactly(
                        "M /changed",
                        "- /gone/",
                        "- /gone/deep",
                        "TU /kind",
                        "+ /new/",
                        "+ /new/er/",
                        "+ /new/er/file",
                        "U /touched");
        assertThat(totals.changedFiles()).isEqualTo(1);
        assertThat(totals.added().files()).isEqualTo(1);
        assertThat(totals.added().dirs()).isEqualTo(2);
        assertThat(totals.added().dataBlobs()).isEqualTo(2);
        assertThat(totals.removed().files()).isEqualTo(1);
        assertThat(totals.removed().dataBlobs()).isEqualTo(3);
    }

    private static String letters(Change change) {
        return change.letters() + " ";
    }

    @Test
    void countsByEachMode() throws IOException {
        write("a", "1234");
        write("b", "1234");
        Files.createLink(source.resolve("c"), source.resolve("a"));
        List<Snapshot> snapshots = List.of(backup());
        StatsTotals restored = contents.stats(snapshots, StatsMode.RESTORE_SIZE);
        assertThat(restored.size()).isEqualTo(8);
        assertThat(restored.files()).isEqualTo(4);
        StatsTotals unique = contents.stats(snapshots, StatsMode.FILES_BY_CONTENTS);
        assertThat(unique.size()).isEqualTo(4);
        StatsTotals raw = contents.stats(snapshots, StatsMode.RAW_DATA);
        assertThat(raw.blobs()).isEqualTo(3);
        assertThat(raw.compressionRatio()).isGreaterThan(1);
    }

    @Test
    void writesAZipWithModesLinksAndNamesThatCanBeRead() throws IOException {
        write("dir/file", "content");
        Files.write(RawPaths.resolve(source, Name.of(new byte[] {'x', (byte) 0xff})), new byte[] {1});
        Files.createSymbolicLink(source.resolve("link"), Path.of("dir/file"));
        Snapshot snapshot = backup();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        contents.archive(List.of(new ArchivePart(snapshot.id(), "/s", "top")), ArchiveType.ZIP, out);
        List<String> seen = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                seen.add(entry.getName() + " " + zip.readAllBytes().length);
            }
        }
        assertThat(seen).containsExactly("top/ 0", "top/dir/ 0", "top/dir/file 7", "top/link 8", "top/x\\xff 1");
    }

    @Test
    void putsDirectoriesOfSeveralSnapshotsIntoOneArchive() throws IOException {
        write("a", "1");
        Snapshot first = backup();
        write("b", "2");
        Snapshot second = backup();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        contents.archive(
                List.of(new ArchivePart(first.id(), "/s", "one"), new ArchivePart(second.id(), "/s", "two")),
                ArchiveType.ZIP,
                out);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            List<String> names = new ArrayList<>();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
            assertThat(names).containsExactly("one/", "one/a", "two/", "two/a", "two/b");
        }
    }

    @Test
    void listsEveryDetailOfAFile() throws IOException {
        write("a", "1");
        Entry entry = contents.entry(backup().id(), "/s/a").orElseThrow();
        assertThat(entry.isDirectory()).isFalse();
        assertThat(entry.linkTarget()).isEmpty();
        assertThat(entry.metadata().inode()).isNotZero();
    }
}

package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import io.holdfast.vault.tar.TarBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamRootsTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000000006Z");

    private Vault vault;

    @BeforeEach
    void make() throws IOException {
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
    }

    private Snapshot backup(Root root, String... excludes) throws IOException {
        BackupResult result = vault.backup(BackupSpec.of(root).withExcludes(List.of(excludes)), Progress.NONE);
        assertThat(result.problems()).isEmpty();
        return result.snapshot();
    }

    private Snapshot backup(TarBytes tar, String... excludes) throws IOException {
        byte[] bytes = tar.end().bytes();
        return backup(new Root.Tar("/c/volume", () -> new ByteArrayInputStream(bytes)), excludes);
    }

    private List<String> listed(Snapshot snapshot) throws IOException {
        List<String> lines = new ArrayList<>();
        vault.contents()
                .list(
                        snapshot.id(),
                        "/c",
                        entry -> lines.add(entry.path() + " " + entry.type().word()));
        return lines;
    }

    private byte[] content(Snapshot snapshot, String path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        vault.contents().dump(snapshot.id(), path, out);
        return out.toByteArray();
    }

    @Test
    void storesAStreamOfAnyLengthAsAFile() throws IOException {
        byte[] bytes = HardCases.random(1, 9_000_000);
        Root.Stream stream = new Root.Stream("/db/dump.sql", () -> new ByteArrayInputStream(bytes), 0640, TIME);
        Snapshot first = backup(stream);
        assertThat(content(first, "/db/dump.sql")).isEqualTo(bytes);
        assertThat(vault.contents().entry(first.id(), "/db/dump.sql")).hasValueSatisfying(entry -> {
            assertThat(entry.metadata().permissions()).isEqualTo(0640);
            assertThat(entry.metadata().mtime()).isEqualTo(TIME);
            assertThat(entry.metadata().size()).isEqualTo(bytes.length);
        });
        Summary again = backup(stream).summary().orElseThrow();
        assertThat(again.filesUnmodified()).isEqualTo(1);
        assertThat(again.dataBlobs()).isZero();
    }

    private static InputStream broken(byte[] start, String how) {
        return new SequenceInputStream(new ByteArrayInputStream(start), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(how);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException(how);
            }
        });
    }

    private void assertEndsTheBackup(Root root, String how) {
        assertThatThrownBy(() -> backup(root))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.SOURCE_MISSING))
                .hasMessageContaining(how)
                .hasMessageContaining("No snapshot was made");
        assertThat(snapshots()).isEmpty();
    }

    private List<Snapshot> snapshots() {
        try {
            return vault.snapshots();
        } catch (VaultException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void endsTheBackupWhenAStreamBreaksOffOrCannotBeOpenedOrClosed() {
        assertEndsTheBackup(
                Root.Stream.of("/s", () -> broken(new byte[3_000_000], "the pipe broke"), TIME), "the pipe broke");
        assertEndsTheBackup(
                Root.Stream.of(
                        "/s",
                        () -> {
                            throw new IOException("nobody there");
                        },
                        TIME),
                "nobody there");
        assertEndsTheBackup(
                Root.Stream.of(
                        "/s",
                        () -> new FilterInputStream(new ByteArrayInputStream(new byte[10])) {
                            @Override
                            public void close() throws IOException {
                                throw new IOException("pg_dump ended with 1");
                            }
                        },
                        TIME),
                "pg_dump ended with 1");
    }

    @Test
    void endsTheBackupWhenATarBreaksOffOrEndsEarlyOrIsNone() {
        byte[] start = new TarBytes().file("a", "1").bytes();
        assertEndsTheBackup(new Root.Tar("/t", () -> broken(start, "the pipe broke")), "the pipe broke");
        assertEndsTheBackup(new Root.Tar("/t", () -> new ByteArrayInputStream(start)), "ends early");
        assertEndsTheBackup(new Root.Tar("/t", () -> new ByteArrayInputStream(HardCases.random(1, 5000))), "header");
        assertEndsTheBackup(new Root.Tar("/t", () -> new ByteArrayInputStream(new byte[10240])), "holds nothing");
        byte[] within = new TarBytes()
                .header("a", '0', "", "00100000000")
                .data(new byte[5000])
                .bytes();
        assertEndsTheBackup(new Root.Tar("/t", () -> new ByteArrayInputStream(within)), "ends early");
    }

    @Test
    void turnsATarInAnyOrderIntoATree() throws IOException {
        Snapshot snapshot = backup(new TarBytes()
                .file("z/late", "1")
                .link("a/link", '2', "../anywhere")
                .file("a/file", "old")
                .directory("a/")
                .file("a/file", "new")
                .link("hard", '1', "a/file")
                .link("pipe", '6', ""));
        assertThat(listed(snapshot))
                .containsExactly(
                        "/c dir",
                        "/c/volume dir",
                        "/c/volume/a dir",
                        "/c/volume/a/file file",
                        "/c/volume/a/link symlink",
                        "/c/volume/hard file",
                        "/c/volume/pipe fifo",
                        "/c/volume/z dir",
                        "/c/volume/z/late file");
        assertThat(content(snapshot, "/c/volume/hard")).asString().isEqualTo("new");
        assertThat(vault.contents().entry(snapshot.id(), "/c/volume/hard")).hasValueSatisfying(entry -> {
            assertThat(entry.metadata().links()).isEqualTo(2);
            assertThat(entry.metadata().inode()).isNotZero();
        });
    }

    @Test
    void addsNothingWhenATarHasNotChanged() throws IOException {
        Snapshot first = backup(new TarBytes().directory("a/").file("a/b", "1").file("c", "2"));
        Snapshot second = backup(new TarBytes().file("c", "2").directory("a/").file("a/b", "1"));
        Summary summary = second.summary().orElseThrow();
        assertThat(summary.filesUnmodified()).isEqualTo(2);
        assertThat(summary.dataBlobs()).isZero();
        assertThat(summary.dirsUnmodified()).isEqualTo(2);
        assertThat(second.parent()).contains(first.id());
    }

    @Test
    void refusesLinksAndPathsThatLeadOutOfTheTree() {
        for (TarBytes tar : List.of(
                new TarBytes().link("out", '2', "/etc").file("out/passwd", "x"),
                new TarBytes().link("hard", '1', "missing"),
                new TarBytes().file("b", "1").link("a", '1', "c"),
                new TarBytes().file("a/b", "1").file("a", "2"),
                new TarBytes().file("a", "1").file("a/b", "2"))) {
            byte[] bytes = tar.end().bytes();
            assertEndsTheBackup(new Root.Tar("/t", () -> new ByteArrayInputStream(bytes)), "Cannot back up");
        }
    }

    @Test
    void leavesOutWhatMatchesBelowTheTar() throws IOException {
        TarBytes tar = new TarBytes()
                .file("cache/x", "1")
                .file("keep", "2")
                .file("volume", "3")
                .file("deep/y.tmp", "4");
        assertThat(listed(backup(tar, "cache", "*.tmp", "/c/volume/volume")))
                .containsExactly("/c dir", "/c/volume dir", "/c/volume/deep dir", "/c/volume/keep file");
    }

    @Test
    void tellsOfALinkToWhatIsLeftOut() throws IOException {
        byte[] bytes = new TarBytes()
                .file("cache/x", "1")
                .link("y", '1', "cache/x")
                .end()
                .bytes();
        BackupResult result = vault.backup(
                BackupSpec.of(new Root.Tar("/t", () -> new ByteArrayInputStream(bytes)))
                        .withExcludes(List.of("cache")),
                Progress.NONE);
        assertThat(result.problems()).singleElement().asString().contains("/t/y", "left out");
    }

    @Test
    void takesOfATarAllButWhatDoesNotMatch() throws IOException {
        byte[] bytes = new TarBytes()
                .file("a.md", "1")
                .file("b.txt", "2")
                .file("deep/c.md", "3")
                .file("empty/in/d.txt", "4")
                .link("e.md", '1', "b.txt")
                .end()
                .bytes();
        BackupResult result = vault.backup(
                BackupSpec.of(new Root.Tar("/c/volume", () -> new ByteArrayInputStream(bytes)))
                        .withExcludes(Excludes.NONE.withAllBut(List.of("*.md"))),
                Progress.NONE);
        assertThat(result.problems()).singleElement().asString().contains("/c/volume/e.md", "left out");
        assertThat(listed(result.snapshot()))
                .containsExactly(
                        "/c dir",
                        "/c/volume dir",
                        "/c/volume/a.md file",
                        "/c/volume/deep dir",
                        "/c/volume/deep/c.md file");
    }
}

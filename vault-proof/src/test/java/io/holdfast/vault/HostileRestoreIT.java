package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.TreeJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores of what someone made who means harm. */
class HostileRestoreIT {

    private static final Password PASSWORD = Password.of("secret");
    private static final Instant TIME = Instant.parse("2020-01-02T03:04:05Z");

    @TempDir
    Path temp;

    private final MemoryBackend backend = new MemoryBackend();
    private Path target;
    private Path outside;
    private Vault vault;
    private Repository repository;
    private BlobWriter writer;

    @BeforeEach
    void targetBesideSomethingPrecious() throws IOException {
        target = Files.createDirectories(temp.resolve("within/target"));
        outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "precious");
        vault = Vault.init(backend, PASSWORD, Duration.ZERO);
        repository = Opening.open(backend, PASSWORD, VaultOptions.DEFAULT).repository();
        writer = new BlobWriter(
                repository.backend(), repository.key(), Compression.Level.AUTO, repository.index(), () -> {}, _ -> {});
    }

    @AfterEach
    void nothingOutsideHasChanged() throws IOException {
        try (var walk = Files.walk(temp)) {
            assertThat(walk.filter(path -> !path.startsWith(target)))
                    .containsExactlyInAnyOrder(temp, temp.resolve("within"), outside, outside.resolve("precious"));
        }
        assertThat(outside.resolve("precious")).hasContent("precious");
        writer.close();
        repository.backend().close();
    }

    @Test
    void restoresNothingOfADirectoryWithANameThatLeavesIt() throws IOException {
        for (String name : List.of("..", ".", "", "../outside/new", "/outside", "a/b")) {
            BlobId bad = tree(file(name, "x"));
            SnapshotId snapshot = snapshot(
                    tree(Node.directory(Name.of("bad"), Metadata.virtualDirectory(TIME), bad), file("good", "good")));
            RestoreResult result = restore(snapshot, Option.DELETE_EXTRA);
            assertThat(result.problems())
                    .as(name)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.what()).contains("unsafe name"));
            assertThat(target.resolve("good")).hasContent("good");
        }
    }

    @Test
    void neverWritesThroughALinkThatItRestoredItself() throws IOException {
        Node link = Node.symlink(
                Name.of("name"),
                new Metadata(NodeType.SYMLINK, 0777, TIME, TIME, TIME, 0, 0, "", "", 5, 7, 0, 1, 0, List.of()),
                Name.of(outside.toString()));
        Node below =
                Node.directory(Name.of("name"), Metadata.virtualDirectory(TIME), tree(file("precious", "overwritten")));
        RestoreResult first = restore(snapshot(tree(link)));
        assertThat(first.problems()).isEmpty();
        assertThat(Files.isSymbolicLink(target.resolve("name"))).isTrue();
        assertThat(restore(snapshot(tree(below)), Option.DELETE_EXTRA).problems())
                .isEmpty();
        assertThat(target.resolve("name/precious")).hasContent("overwritten");
        assertThat(restore(snapshot(tree(link)), Option.DELETE_EXTRA).problems())
                .isEmpty();
        assertThat(restore(snapshot(tree(file("name", "content"))), Option.IN_PLACE)
                        .problems())
                .isEmpty();
        assertThat(target.resolve("name")).hasContent("content");
    }

    @Test
    void bringsNoFileWhoseContentIsNotAsLongAsItClaims() throws IOException {
        BlobId chunk = writer.write(BlobType.DATA, "content".getBytes(StandardCharsets.UTF_8));
        Node liar = Node.file(Name.of("liar"), Metadata.generatedFile(TIME, Long.MAX_VALUE), List.of(chunk));
        Node lost = Node.file(Name.of("lost"), Metadata.generatedFile(TIME, 5), List.of(BlobId.ofContent(new byte[5])));
        RestoreResult result = restore(snapshot(tree(liar, lost)), Option.SPARSE);
        assertThat(result.problems())
                .extracting(problem -> Path.of(problem.path()).getFileName().toString())
                .containsExactly("liar", "lost");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void givesUpOnDirectoriesWithoutEnd() throws IOException {
        BlobId tree = tree();
        for (int depth = 0; depth < 2100; depth++) {
            tree = tree(Node.directory(Name.of("d"), Metadata.virtualDirectory(TIME), tree));
        }
        SnapshotId snapshot = snapshot(tree);
        RestoreResult result = restore(snapshot);
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("too deep"));
        deleteDeep();
    }

    /** The link is there about half of the time, so one look at the directory and the next seldom agree. */
    @Test
    void staysWithinTheTargetWhileSomeoneSwapsItsDirectoriesForLinks() throws Exception {
        SnapshotId snapshot = snapshot(tree(Node.directory(
                Name.of("dir"),
                Metadata.virtualDirectory(TIME),
                tree(file("file", "content"), file("precious", "overwritten")))));
        for (int attempt = 0; attempt < 40; attempt++) {
            Path within = target.resolve("attempt-" + attempt);
            Path directory = Files.createDirectories(within.resolve("dir"));
            Path link = Files.createSymbolicLink(within.resolve("link"), outside);
            AtomicBoolean ends = new AtomicBoolean();
            Thread attacker = Thread.ofPlatform().start(() -> {
                while (!ends.get()) {
                    exchange(directory, link);
                }
            });
            try {
                vault.restore(
                        snapshot,
                        RestoreSpec.of("/", within).with(attempt % 2 == 0 ? Option.DELETE_EXTRA : Option.IN_PLACE),
                        Progress.NONE);
            } catch (VaultException e) {
                assertThat(e.code()).isEqualTo(VaultException.Code.LOCAL_IO);
            } finally {
                ends.set(true);
                attacker.join();
            }
        }
    }

    @Test
    void reachesADirectoryAgainOnlyIfNoLinkHasTakenItsPlace() throws IOException {
        List<Node> directories = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            directories.add(Node.directory(
                    Name.of("dir%03d".formatted(i)),
                    Metadata.virtualDirectory(TIME),
                    tree(file("precious", "content " + i))));
        }
        SnapshotId snapshot = snapshot(tree(directories.toArray(Node[]::new)));
        AtomicBoolean swapped = new AtomicBoolean();
        RestoreResult result = vault.restore(snapshot, RestoreSpec.of("/", target), new Progress() {
            @Override
            public void advanced(long files, long bytes) {
                if (swapped.compareAndSet(false, true)) {
                    for (int i = 0; i < 300; i++) {
                        replaceByLink(target.resolve("dir%03d".formatted(i)));
                    }
                }
            }
        });
        assertThat(result.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.path()).startsWith(target.toString()));
    }

    private void replaceByLink(Path directory) {
        try {
            Files.move(directory, target.resolve("aside-" + directory.getFileName()));
            Files.createSymbolicLink(directory, outside);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesToRestoreADirectoryOntoAFile() throws IOException {
        SnapshotId snapshot = snapshot(tree(file("file", "x")));
        Files.writeString(target.resolve("taken"), "x");
        assertThatThrownBy(() -> vault.restore(snapshot, RestoreSpec.of("/", target.resolve("taken")), Progress.NONE))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.TARGET_UNSAFE));
    }

    private static void exchange(Path one, Path other) {
        try {
            Posix.exchange(one, other);
        } catch (IOException _) {
            // The restore has taken one of them away.
        }
    }

    /** Longer paths than the file API takes. */
    private void deleteDeep() throws IOException {
        Path from = target;
        Path next = target.resolveSibling("next");
        Files.deleteIfExists(next);
        while (true) {
            try {
                Files.move(from.resolve("d"), next);
            } catch (NoSuchFileException e) {
                return;
            }
            Files.delete(from);
            Files.move(next, from);
        }
    }

    private Node file(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        BlobId chunk = writer.write(BlobType.DATA, bytes);
        return Node.file(Name.of(name), Metadata.generatedFile(TIME, bytes.length), List.of(chunk));
    }

    private BlobId tree(Node... nodes) throws IOException {
        return writer.write(BlobType.TREE, TreeJson.write(List.of(nodes)));
    }

    private SnapshotId snapshot(BlobId tree) throws IOException {
        writer.flush();
        return repository
                .snapshots()
                .store(
                        new Snapshot(
                                Snapshot.UNSTORED,
                                TIME,
                                ZoneOffset.UTC,
                                "host",
                                "user",
                                List.of("/"),
                                List.of(),
                                List.of(),
                                null,
                                null,
                                tree,
                                null,
                                "hostile"),
                        0,
                        0)
                .id();
    }

    private RestoreResult restore(SnapshotId snapshot, Option... options) throws IOException {
        RestoreSpec spec = RestoreSpec.of("/", target);
        for (Option option : options) {
            spec = spec.with(option);
        }
        return vault.restore(snapshot, spec, Progress.NONE);
    }
}

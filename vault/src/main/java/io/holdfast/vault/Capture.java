package io.holdfast.vault;

import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Turns directories into trees. One thread walks, in order, and decides which files have changed; others read those and
 * complete the directories behind it. What cannot be captured is a finding and the rest goes on; a repository that cannot
 * be written ends it.
 */
final class Capture {

    private static final int DEEPEST = 1000;

    private static final CompletableFuture<Optional<Node>> NOTHING =
            CompletableFuture.completedFuture(Optional.empty());

    private final BlobWriter writer;
    private final Folders folders;
    private final StreamCapture streams;
    private final FileReaders readers;
    private final Selection selection;
    private final ChangeDetection changes;
    private final Findings findings;

    Capture(
            BlobWriter writer,
            Folders folders,
            FileReaders readers,
            Selection selection,
            ChangeDetection changes,
            Findings findings) {
        this.writer = writer;
        this.folders = folders;
        this.readers = readers;
        this.selection = selection;
        this.changes = changes;
        this.findings = findings;
        streams = new StreamCapture(folders, readers, selection, changes, findings);
    }

    /** Goes into a directory that has been opened. */
    private interface Entering {
        Selection.Level within(Directory opened);
    }

    /**
     * Captures everything that stands in a directory of the snapshot.
     *
     * @param before the root tree of the parent snapshot
     * @param virtual the metadata of directories that exist in the snapshot only
     */
    BlobId run(VirtualTree.Top top, @Nullable BlobId before, Metadata virtual) throws IOException {
        return switch (top) {
            case VirtualTree.Directory directory -> virtualDirectory(directory, folders.before(before), virtual);
            case VirtualTree.Captured captured -> whole(captured, folders.before(before));
        };
    }

    /** What lies in a directory, as the root of the snapshot. */
    private BlobId whole(VirtualTree.Captured captured, Before before) throws IOException {
        Path from = captured.tree().from().toRealPath();
        try (Directory directory = Directory.open(from)) {
            var children = children(
                    directory, directory.names(), before, within(captured, Directory.stat(from), directory), 1);
            return Pending.result(CompletableFuture.allOf(children.toArray(CompletableFuture[]::new))
                    .thenApply(_ -> Pending.supplier(() -> folders.write(nodes(children)))
                            .get()));
        }
    }

    private Selection.Level within(VirtualTree.Captured captured, Metadata metadata, Directory opened) {
        Path named = captured.tree().from().toAbsolutePath().normalize();
        return selection.root(named, captured.at(), captured.tree().named(), metadata, opened);
    }

    private BlobId virtualDirectory(VirtualTree.Directory directory, Before before, Metadata virtual)
            throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (var child : directory.children().entrySet()) {
            Name name = child.getKey();
            Node old = before.find(name);
            switch (child.getValue()) {
                case VirtualTree.Directory below -> {
                    Metadata metadata = below.real() == null
                            ? virtual
                            : metadata(below.real().toRealPath());
                    BlobId subtree = virtualDirectory(below, folders.childrenOf(old), virtual);
                    nodes.add(Node.directory(name, metadata, subtree));
                }
                case VirtualTree.Captured captured -> root(captured, name, old).ifPresent(nodes::add);
                case VirtualTree.Generated generated -> nodes.add(streams.generated(generated, name, old, virtual));
                case VirtualTree.Streamed streamed -> nodes.add(streams.stream(streamed.stream(), name, old));
                case VirtualTree.Unpacked unpacked -> nodes.add(streams.tar(unpacked, name, old));
            }
        }
        return folders.write(nodes);
    }

    private Optional<Node> root(VirtualTree.Captured captured, Name name, @Nullable Node old) throws IOException {
        Path from = captured.tree().from().toRealPath();
        Path parent = from.getParent();
        try (Directory above = Directory.open(parent == null ? from : parent)) {
            Name entry = parent == null ? Name.of(".") : RawPaths.nameOf(from);
            Metadata metadata = look(above, entry, old);
            Optional<Node> node = metadata == null
                    ? Optional.empty()
                    : Pending.result(
                            node(above, entry, name, metadata, old, opened -> within(captured, metadata, opened), 0));
            if (findings.hasVanished(above, entry)) {
                findings.problem(above, entry, "was to be backed up, and vanished");
            }
            return node;
        }
    }

    private CompletableFuture<Optional<Node>> entry(
            Directory in, Name name, @Nullable Node before, Selection.Level level, int depth) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        readers.throwIfStopped();
        Metadata metadata = level.leavesOut(name) ? null : look(in, name, before);
        return metadata == null || level.leavesOut(name, metadata)
                ? NOTHING
                : node(in, name, name, metadata, before, opened -> level.enter(name, metadata, opened), depth);
    }

    /** Looks before it reads attributes: one that is set meanwhile shows in the status the next time. */
    private @Nullable Metadata look(Directory in, Name entry, @Nullable Node before) {
        try {
            Metadata now = in.look(entry).stored(changes.withAtime());
            Metadata known = changes.known(before, now);
            return known == null ? now.withAttributes(in.attributes(entry)) : known;
        } catch (IOException e) {
            findings.failed(in, entry, "cannot be read", e);
            return null;
        }
    }

    private CompletableFuture<Optional<Node>> node(
            Directory in, Name entry, Name name, Metadata metadata, @Nullable Node before, Entering entering, int depth)
            throws IOException {
        return switch (metadata.type()) {
            case FILE -> file(in, entry, name, metadata, before);
            case DIR -> directory(in, entry, name, metadata, before, entering, depth);
            case SYMLINK -> symlink(in, entry, name, metadata);
            case FIFO, DEVICE, CHARDEV -> done(Node.special(name, metadata));
            case SOCKET -> NOTHING;
            case IRREGULAR -> problem(in, entry, "is of a kind that cannot be stored");
        };
    }

    private CompletableFuture<Optional<Node>> directory(
            Directory in, Name entry, Name name, Metadata metadata, @Nullable Node before, Entering entering, int depth)
            throws IOException {
        if (depth > DEEPEST) {
            return problem(in, entry, "lies too deep: more than %d directories".formatted(DEEPEST));
        }
        Directory directory;
        try {
            directory = in.open(entry);
        } catch (IOException e) {
            return failed(in, entry, "cannot be opened", e);
        }
        Before old = folders.childrenOf(before);
        List<CompletableFuture<Optional<Node>>> children;
        boolean staysEmpty;
        try (directory) {
            List<Name> names;
            try {
                names = directory.names();
            } catch (IOException e) {
                return failed(in, entry, "cannot be listed", e);
            }
            Selection.Level level = entering.within(directory);
            staysEmpty = depth == 0 || level.staysEmpty();
            children = children(directory, names, old, level, depth + 1);
        }
        return CompletableFuture.allOf(children.toArray(CompletableFuture[]::new))
                .thenApply(_ -> Pending.supplier(() -> {
                            List<Node> nodes = nodes(children);
                            return staysEmpty || !nodes.isEmpty()
                                    ? Optional.of(folders.node(name, metadata, before, old, nodes))
                                    : Optional.<Node>empty();
                        })
                        .get());
    }

    private List<CompletableFuture<Optional<Node>>> children(
            Directory directory, List<Name> names, Before before, Selection.Level level, int depth) throws IOException {
        List<CompletableFuture<Optional<Node>>> children = new ArrayList<>();
        for (Name child : names) {
            children.add(entry(directory, child, before.find(child), level, depth));
        }
        return children;
    }

    private static List<Node> nodes(List<CompletableFuture<Optional<Node>>> children) {
        return children.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
    }

    private CompletableFuture<Optional<Node>> symlink(Directory in, Name entry, Name name, Metadata metadata) {
        try {
            return done(Node.symlink(name, metadata, in.link(entry)));
        } catch (IOException e) {
            return failed(in, entry, "cannot be read", e);
        }
    }

    private CompletableFuture<Optional<Node>> file(
            Directory in, Name entry, Name name, Metadata metadata, @Nullable Node before) throws IOException {
        if (before == null || !isUnchanged(before, metadata)) {
            return readers.read(in, entry, name, metadata, before);
        }
        Node node = Node.file(name, metadata, before.content());
        findings.unmodified(before, node);
        return done(node);
    }

    /** Nothing tells that the file was touched, and the repository holds all of it. */
    private boolean isUnchanged(Node before, Metadata now) {
        return changes.isSameFile(before, now)
                && before.content().stream().allMatch(id -> writer.holds(BlobKey.data(id)));
    }

    private Metadata metadata(Path path) throws IOException {
        return Directory.stat(path).stored(changes.withAtime());
    }

    private CompletableFuture<Optional<Node>> problem(Directory in, Name entry, String what) {
        findings.problem(in, entry, what);
        return NOTHING;
    }

    private CompletableFuture<Optional<Node>> failed(Directory in, Name entry, String what, IOException e) {
        findings.failed(in, entry, what, e);
        return NOTHING;
    }

    private static CompletableFuture<Optional<Node>> done(Node node) {
        return CompletableFuture.completedFuture(Optional.of(node));
    }
}

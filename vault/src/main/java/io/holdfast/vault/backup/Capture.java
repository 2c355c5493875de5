package io.holdfast.vault.backup;

import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Turns directories into trees. One thread walks, in order, and decides which files have changed; others read those and
 * complete the directories behind it. What cannot be captured is a finding and the rest goes on; a repository that cannot
 * be written ends it.
 */
final class Capture {

    private static final int DEEPEST = 1000;
    private static final String VANISHED = "was to be backed up, and vanished";

    private static final CompletableFuture<Optional<Node>> NOTHING =
            CompletableFuture.completedFuture(Optional.empty());

    private final BlobWriter writer;
    private final Folders folders;
    private final StreamCapture streams;
    private final FileReaders readers;
    private final Selection selection;
    private final ChangeDetection changes;
    private final Findings findings;
    private final Looks looks;

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
        looks = new Looks(changes, findings);
        streams = new StreamCapture(folders, readers, selection, changes, findings);
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
            Inside inside = Inside.root(selection, captured, Directory.stat(from), directory);
            var children = children(directory, directory.names(), before, inside, 1);
            return Pending.result(CompletableFuture.allOf(children.toArray(CompletableFuture[]::new))
                    .thenApply(_ -> Pending.supplier(() -> folders.write(nodes(children)))
                            .get()));
        }
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
                            : looks.way(below.real().toRealPath());
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
            Metadata seen = looks.look(above, entry);
            Optional<Node> node = seen == null
                    ? Optional.empty()
                    : Pending.result(node(
                            above,
                            entry,
                            name,
                            seen,
                            old,
                            opened -> Inside.root(selection, captured, seen, opened),
                            0));
            if (findings.hasVanished(above, entry)) {
                findings.problem(above, entry, VANISHED);
            }
            return node;
        }
    }

    private CompletableFuture<Optional<Node>> entry(
            Directory in, Name name, @Nullable Node before, Inside inside, int depth) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        readers.throwIfStopped();
        Selection.Level level = inside.level();
        Metadata seen = level.leavesOut(name) ? null : looks.look(in, name);
        return seen == null || level.leavesOut(name, seen)
                ? NOTHING
                : node(in, name, name, seen, before, inside.enter(name, seen), depth);
    }

    /** An entry that is a root of its own, or leads to one. */
    private CompletableFuture<Optional<Node>> root(
            Directory in, Name name, @Nullable Node before, VirtualTree.Item item, Inside inside, int depth)
            throws IOException {
        return switch (item) {
            case VirtualTree.Captured captured -> CompletableFuture.completedFuture(root(captured, name, before));
            case VirtualTree.Directory way -> {
                Metadata seen = looks.look(in, name);
                yield seen == null || seen.type() != NodeType.DIR
                        ? problem(in, name, VANISHED)
                        : node(in, name, name, seen, before, inside.enter(name, seen, way), depth);
            }
            case VirtualTree.Generated _, VirtualTree.Streamed _, VirtualTree.Unpacked _ ->
                throw new IllegalStateException("what lies on no disk is no part of what does");
        };
    }

    /** @param seen as it is, with the file system that it lies on */
    private CompletableFuture<Optional<Node>> node(
            Directory in,
            Name entry,
            Name name,
            Metadata seen,
            @Nullable Node before,
            Inside.Entering entering,
            int depth)
            throws IOException {
        Metadata metadata = looks.stored(in, entry, seen, before);
        if (metadata == null) {
            return NOTHING;
        }
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
            Directory in,
            Name entry,
            Name name,
            Metadata metadata,
            @Nullable Node before,
            Inside.Entering entering,
            int depth)
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
            Inside inside = entering.of(directory);
            staysEmpty = depth == 0 || inside.level().staysEmpty();
            children = children(directory, names, old, inside, depth + 1);
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
            Directory directory, List<Name> names, Before before, Inside inside, int depth) throws IOException {
        List<CompletableFuture<Optional<Node>>> children = new ArrayList<>();
        Set<Name> missing = new TreeSet<>(inside.roots().keySet());
        for (Name child : names) {
            Node old = before.find(child);
            VirtualTree.Item root = inside.roots().get(child);
            children.add(
                    root == null
                            ? entry(directory, child, old, inside, depth)
                            : root(directory, child, old, root, inside, depth));
            missing.remove(child);
        }
        missing.forEach(root -> findings.problem(directory, root, VANISHED));
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
        findings.unmodified(in, entry, before, node);
        return done(node);
    }

    /** Nothing tells that the file was touched, and the repository holds all of it. */
    private boolean isUnchanged(Node before, Metadata now) {
        return changes.isSameFile(before, now)
                && before.content().stream().allMatch(id -> writer.holds(BlobKey.data(id)));
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

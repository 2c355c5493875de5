package io.holdfast.vault;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.OpenFile;
import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.TreeJson;
import io.holdfast.vault.tree.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns directories into trees and files into chunks. A file that cannot be read is a problem and the rest goes on; a
 * repository that cannot be written ends it.
 */
final class Capture {

    private static final int DEEPEST = 1000;

    /** Where in the captured root we are. */
    private record Place(List<String> below, List<List<String>> roots, Patterns excludes) {

        Place child(Name name) {
            List<String> longer = new ArrayList<>(below);
            longer.add(name.toString());
            return new Place(longer, roots, excludes);
        }

        boolean isExcluded() {
            return !excludes.isEmpty() && excludes.match(below, roots);
        }
    }

    private final BlobWriter writer;
    private final Trees trees;
    private final Chunker chunker;
    private final Patterns excludes;
    private final Progress progress;
    private final List<Problem> problems = new ArrayList<>();
    private final Counts counts = new Counts();

    Capture(BlobWriter writer, Trees trees, Chunker chunker, Patterns excludes, Progress progress) {
        this.writer = writer;
        this.trees = trees;
        this.chunker = chunker;
        this.excludes = excludes;
        this.progress = progress;
    }

    List<Problem> problems() {
        return problems;
    }

    Counts counts() {
        return counts;
    }

    /** A directory that leads to what is captured. */
    BlobId directory(VirtualTree.Directory directory, List<Node> before, Metadata virtual) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (var child : directory.children().entrySet()) {
            Name name = child.getKey();
            Node old = find(before, name);
            switch (child.getValue()) {
                case VirtualTree.Directory below -> {
                    BlobId subtree = directory(below, childrenOf(old), virtual);
                    Metadata metadata = below.real() == null
                            ? virtual
                            : stored(Directory.stat(below.real().toRealPath()));
                    nodes.add(Node.directory(name, metadata, subtree));
                }
                case VirtualTree.Captured captured -> {
                    Path from = captured.from().toRealPath();
                    List<List<String>> roots = List.of(
                            parts(captured.from().toAbsolutePath().normalize()),
                            captured.at().parts().stream().map(Name::toString).toList());
                    Path parent = from.getParent();
                    try (Directory above = Directory.open(parent == null ? from : parent)) {
                        Name entry = parent == null ? Name.of(".") : RawPaths.nameOf(from);
                        add(nodes, node(above, entry, name, old, new Place(List.of(), roots, excludes), 0));
                    }
                }
                case VirtualTree.Generated generated -> {
                    byte[] content = generated.content().getFirst();
                    List<BlobId> chunks = chunks(new java.io.ByteArrayInputStream(content));
                    Node node = Node.file(name, Metadata.generatedFile(virtual.mtime(), content.length), chunks);
                    counts.file(old, node, node.equals(old));
                    nodes.add(node);
                }
            }
        }
        return writer.write(BlobType.TREE, TreeJson.write(nodes));
    }

    private @Nullable Node node(Directory in, Name entry, Name name, @Nullable Node before, Place place, int depth)
            throws IOException {
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        Metadata metadata;
        try {
            metadata = stored(in.stat(entry));
        } catch (IOException e) {
            return problem(in, entry, "cannot be read: " + Problem.reason(e));
        }
        return switch (metadata.type()) {
            case FILE -> file(in, entry, name, metadata, before);
            case DIR -> directory(in, entry, name, metadata, before, place, depth);
            case SYMLINK -> symlink(in, entry, name, metadata);
            case FIFO, DEVICE, CHARDEV -> Node.special(name, metadata);
            case SOCKET -> null;
            case IRREGULAR -> problem(in, entry, "is of a kind that cannot be stored");
        };
    }

    private @Nullable Node directory(
            Directory in, Name entry, Name name, Metadata metadata, @Nullable Node before, Place place, int depth)
            throws IOException {
        if (depth > DEEPEST) {
            return problem(in, entry, "lies too deep: more than %d directories".formatted(DEEPEST));
        }
        Directory directory;
        try {
            directory = in.open(entry);
        } catch (IOException e) {
            return problem(in, entry, "cannot be listed: " + Problem.reason(e));
        }
        try (directory) {
            List<Name> entries;
            try {
                entries = directory.names();
            } catch (IOException e) {
                return problem(in, entry, "cannot be listed: " + Problem.reason(e));
            }
            Map<Name, Node> old = new HashMap<>();
            childrenOf(before).forEach(node -> old.put(node.name(), node));
            List<Node> nodes = new ArrayList<>();
            for (Name child : entries) {
                Place below = place.child(child);
                if (!below.isExcluded()) {
                    add(nodes, node(directory, child, child, old.get(child), below, depth + 1));
                }
            }
            Node node = Node.directory(name, metadata, writer.write(BlobType.TREE, TreeJson.write(nodes)));
            counts.directory(before, node);
            return node;
        }
    }

    private @Nullable Node symlink(Directory in, Name entry, Name name, Metadata metadata) {
        try {
            return Node.symlink(name, metadata, in.link(entry));
        } catch (IOException e) {
            return problem(in, entry, "cannot be read: " + Problem.reason(e));
        }
    }

    private @Nullable Node file(Directory in, Name entry, Name name, Metadata metadata, @Nullable Node before)
            throws IOException {
        if (before != null && isUnchanged(before, metadata)) {
            Node node = Node.file(name, metadata, before.content());
            counts.file(before, node, true);
            progress.advanced(1, metadata.size());
            return node;
        }
        List<BlobId> chunks;
        SourceStream source;
        try (OpenFile file = in.read(entry)) {
            source = new SourceStream(file, progress);
            chunks = chunks(source);
            if (!file.stat().sameFileAs(metadata) || source.count() != metadata.size()) {
                problem(in, entry, "changed while it was read; what was stored may never have existed");
            }
        } catch (SourceStream.ReadException e) {
            return problem(in, entry, "cannot be read: " + Problem.reason(e.reason()));
        } catch (BackendException | DamagedException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return problem(in, entry, "cannot be opened: " + Problem.reason(e));
        }
        Node node = Node.file(name, metadata.withSize(source.count()), chunks);
        counts.file(before, node, false);
        progress.advanced(1, 0);
        return node;
    }

    /** As a snapshot keeps it: with a time of access that reading does not change. */
    private static Metadata stored(Metadata metadata) {
        return metadata.withAtime(metadata.mtime());
    }

    private boolean isUnchanged(Node before, Metadata now) {
        return before.isFile()
                && before.metadata().sameFileAs(now)
                && before.content().stream().allMatch(id -> writer.holds(BlobKey.data(id)));
    }

    private List<BlobId> chunks(InputStream in) throws IOException {
        List<BlobId> ids = new ArrayList<>();
        chunker.start(in);
        for (byte[] chunk = chunker.next(); chunk != null; chunk = chunker.next()) {
            ids.add(writer.write(BlobType.DATA, chunk));
        }
        return ids;
    }

    /** A parent that cannot be read costs time only: its files are read again. */
    List<Node> nodesOf(@Nullable BlobId tree) throws BackendException {
        if (tree == null) {
            return List.of();
        }
        try {
            return trees.read(tree);
        } catch (DamagedException e) {
            problems.add(new Problem("parent snapshot", Problem.reason(e) + "; run check on the repository"));
            return List.of();
        }
    }

    private List<Node> childrenOf(@Nullable Node before) throws BackendException {
        return before == null ? List.of() : nodesOf(before.subtree());
    }

    private @Nullable Node problem(Directory in, Name entry, String what) {
        problems.add(new Problem(in.path().resolve(entry.toString()).toString(), what));
        return null;
    }

    private static void add(List<Node> nodes, @Nullable Node node) {
        if (node != null) {
            nodes.add(node);
        }
    }

    private static @Nullable Node find(List<Node> nodes, Name name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<String> parts(Path path) {
        return Arrays.stream(path.toString().split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}

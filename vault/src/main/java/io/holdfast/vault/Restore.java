package io.holdfast.vault;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.SnapshotPath;
import io.holdfast.vault.tree.Trees;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a subtree back. Every file appears whole, verified and durable under its name, or not at all; so a restore that
 * was cut off is simply run again.
 */
final class Restore {

    private static final int DEEPEST = 2000;

    /** The names of one file that has several. */
    private record LinkKey(long inode, long device) {}

    private final BlobReader blobs;
    private final Trees trees;
    private final RestoreSpec spec;
    private final Progress progress;
    private final Patterns keep;
    private final TargetFiles target;
    private final ExtraFiles extra;
    private final List<List<String>> places;
    private final Map<LinkKey, Path> linked = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private long written;
    private long unchanged;
    private long bytes;

    Restore(BlobReader blobs, Trees trees, RestoreSpec spec, Progress progress) {
        this.blobs = blobs;
        this.trees = trees;
        this.spec = spec;
        this.progress = progress;
        keep = Patterns.of(spec.keep());
        target = new TargetFiles(spec.owners(), spec.setuid());
        places = List.of(parts(spec.target().toAbsolutePath().normalize().toString()), parts(spec.path()));
        extra = new ExtraFiles(keep, places, problems);
    }

    RestoreResult run(BlobId root, SnapshotPath path) throws IOException {
        Node top = path.isRoot() ? null : trees.find(root, path).orElseThrow(() -> noSuchPath(path));
        if (top == null || top.isDirectory()) {
            List<Node> nodes = top == null ? trees.read(root) : trees.childrenOf(top);
            scan(nodes).report(progress);
            Path directory = prepareTarget();
            directory(nodes, directory, List.of(), 0);
            if (top != null) {
                target.apply(directory, top.metadata());
            }
            TargetFiles.sync(directory);
        } else {
            Path file = spec.target().toAbsolutePath();
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            entry(top, file, List.of(top.name().toString()), 0);
            if (parent != null) {
                TargetFiles.sync(parent);
            }
        }
        return new RestoreResult(written, unchanged, extra.deleted(), bytes, problems);
    }

    private Path prepareTarget() throws IOException {
        Path directory = spec.target().toAbsolutePath();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new VaultException(
                    VaultException.Code.TARGET_UNSAFE,
                    "Cannot restore to %s: it is a file, and a directory is to be restored. Nothing was changed. Move it away or choose another target."
                            .formatted(directory));
        }
        Files.createDirectories(directory);
        return directory.toRealPath();
    }

    private void directory(List<Node> nodes, Path directory, List<String> below, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new DamagedException("%s lies too deep: more than %d directories".formatted(directory, DEEPEST));
        }
        Set<Name> wanted = new HashSet<>();
        for (Node node : nodes) {
            wanted.add(node.name());
            List<String> names = new ArrayList<>(below);
            names.add(node.name().toString());
            if (keep.isEmpty() || !keep.match(names, places)) {
                entry(node, RawPaths.resolve(directory, node.name()), names, depth);
            }
        }
        extra.clear(directory, wanted, below, spec.deleteExtra());
    }

    private void entry(Node node, Path path, List<String> below, int depth) throws IOException {
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        try {
            switch (node.type()) {
                case DIR -> subdirectory(node, path, below, depth);
                case FILE -> file(node, path, below);
                case SYMLINK -> symlink(node, path, below);
                case FIFO -> fifo(node, path, below);
                case DEVICE, CHARDEV ->
                    problems.add(new Problem(path.toString(), "is a device, and devices are not restored"));
                case SOCKET, IRREGULAR -> {}
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (FileSystemException e) {
            problems.add(Problem.of(path, e));
        }
    }

    private void subdirectory(Node node, Path path, List<String> below, int depth) throws IOException {
        List<Node> children = trees.childrenOf(node);
        Metadata now = TargetFiles.look(path);
        if (now != null && now.type() != NodeType.DIR) {
            Files.delete(path);
            now = null;
        }
        if (now == null) {
            Files.createDirectory(path);
        }
        Files.setAttribute(path, "unix:mode", 0700);
        directory(children, path, below, depth + 1);
        target.apply(path, node.metadata());
        TargetFiles.sync(path);
    }

    private void file(Node node, Path path, List<String> below) throws IOException {
        Metadata wanted = node.metadata();
        LinkKey key = new LinkKey(wanted.inode(), wanted.deviceId());
        Path first = wanted.links() > 1 && wanted.inode() != 0 ? linked.get(key) : null;
        Metadata now = TargetFiles.look(path);
        if (first != null) {
            hardLink(first, path, now, below);
        } else if (now != null && isIdentical(node, path, now)) {
            unchanged++;
            if (!target.agrees(now, wanted)) {
                target.apply(path, wanted);
            }
        } else {
            makeRoom(path, now, below);
            write(node, path);
        }
        if (first == null && wanted.links() > 1) {
            linked.put(key, path);
        }
        progress.advanced(1, 0);
    }

    private void write(Node node, Path path) throws IOException {
        Path temporary = TargetFiles.temporaryBeside(path);
        try {
            try (FileChannel out =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Files.setAttribute(temporary, "unix:mode", 0600);
                for (BlobId chunk : node.content()) {
                    ByteBuffer content = ByteBuffer.wrap(blobs.read(BlobKey.data(chunk)));
                    progress.advanced(0, content.remaining());
                    bytes += content.remaining();
                    while (content.hasRemaining()) {
                        out.write(content);
                    }
                }
                if (out.size() != node.metadata().size()) {
                    throw new DamagedException("file '%s' has %d bytes of content instead of %d"
                            .formatted(node.name(), out.size(), node.metadata().size()));
                }
                out.force(true);
            }
            place(temporary, path, node.metadata());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void hardLink(Path first, Path path, @Nullable Metadata now, List<String> below) throws IOException {
        if (now != null && now.type() == NodeType.FILE && Files.isSameFile(first, path)) {
            unchanged++;
            return;
        }
        makeRoom(path, now, below);
        Path temporary = TargetFiles.temporaryBeside(path);
        try {
            Files.createLink(temporary, first);
            TargetFiles.replace(temporary, path);
            written++;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void symlink(Node node, Path path, List<String> below) throws IOException {
        Name wanted = node.linkTarget();
        if (wanted == null) {
            throw new DamagedException("link '%s' has no target".formatted(node.name()));
        }
        Metadata now = TargetFiles.look(path);
        if (now != null
                && target.agrees(now, node.metadata())
                && RawPaths.targetOf(Files.readSymbolicLink(path)).equals(wanted)) {
            unchanged++;
            return;
        }
        makeRoom(path, now, below);
        Path temporary = TargetFiles.temporaryBeside(path);
        try {
            Files.createSymbolicLink(temporary, RawPaths.target(wanted));
            place(temporary, path, node.metadata());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void fifo(Node node, Path path, List<String> below) throws IOException {
        Metadata now = TargetFiles.look(path);
        if (now != null && target.agrees(now, node.metadata())) {
            unchanged++;
            return;
        }
        makeRoom(path, now, below);
        Path temporary = TargetFiles.temporaryBeside(path);
        try {
            Posix.makeFifo(temporary);
            place(temporary, path, node.metadata());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void place(Path temporary, Path path, Metadata metadata) throws IOException {
        target.apply(temporary, metadata);
        TargetFiles.replace(temporary, path);
        written++;
    }

    /** A directory that stands where something else belongs goes if nothing in it would be lost against the caller's wish. */
    private void makeRoom(Path path, @Nullable Metadata now, List<String> below) throws IOException {
        if (now != null && now.type() == NodeType.DIR) {
            if (spec.deleteExtra()) {
                extra.delete(path, below);
            } else {
                Files.delete(path);
            }
        }
    }

    /** A file with more names than the snapshot knows is written anew, or its other names would change with it. */
    private boolean isIdentical(Node node, Path path, Metadata now) throws IOException {
        Metadata wanted = node.metadata();
        if (now.type() != NodeType.FILE
                || now.size() != wanted.size()
                || !now.mtime().equals(wanted.mtime())
                || now.links() > Math.max(1, wanted.links())) {
            return false;
        }
        try (FileChannel in =
                FileChannel.open(path, StandardOpenOption.READ, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            for (BlobId chunk : node.content()) {
                byte[] content = new byte[lengthOf(chunk)];
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining() && in.read(buffer) >= 0) {
                    progress.advanced(0, 0);
                }
                if (buffer.hasRemaining() || !BlobId.ofContent(content).equals(chunk)) {
                    return false;
                }
            }
            return in.position() == in.size();
        }
    }

    private int lengthOf(BlobId chunk) throws DamagedException {
        return blobs.index()
                .find(BlobKey.data(chunk))
                .orElseThrow(
                        () -> new DamagedException("data blob %s is in no index file".formatted(chunk.shortForm())))
                .blob()
                .contentLength();
    }

    private Total scan(List<Node> nodes) throws BackendException, DamagedException {
        return new Total(trees).add(nodes);
    }

    private VaultException noSuchPath(SnapshotPath path) {
        return new VaultException(
                VaultException.Code.NO_SUCH_PATH,
                "Cannot restore %s: the snapshot does not hold it. Nothing was changed. List the snapshot to see what it holds."
                        .formatted(path));
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}

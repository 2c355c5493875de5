package io.holdfast.vault.files;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A directory as a path, for the systems that the native calls do not know. */
final class PlainDirectory implements Directory {

    private final Path path;

    private PlainDirectory(Path path) {
        this.path = path;
    }

    static PlainDirectory open(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(path.toString());
        }
        return new PlainDirectory(real);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Name> names() throws IOException {
        List<Name> names = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(path)) {
            listing.forEach(entry -> names.add(RawPaths.nameOf(entry)));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public Metadata stat() throws IOException {
        return PlainStat.of(path);
    }

    @Override
    public Metadata stat(Name name) throws IOException {
        return PlainStat.of(child(name));
    }

    @Override
    public Directory open(Name name) throws IOException {
        Path child = child(name);
        if (PlainStat.of(child).type() != NodeType.DIR) {
            throw new NotDirectoryException(child.toString());
        }
        if (!Files.isReadable(child)) {
            throw new java.nio.file.AccessDeniedException(child.toString());
        }
        return new PlainDirectory(child);
    }

    @Override
    public OpenFile read(Name name) throws IOException {
        Path child = child(name);
        if (PlainStat.of(child).type() != NodeType.FILE) {
            throw new FileSystemException(child.toString(), null, "is not a regular file");
        }
        SeekableByteChannel channel =
                Files.newByteChannel(child, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        return new PlainFile(channel, child);
    }

    @Override
    public Name link(Name name) throws IOException {
        return RawPaths.targetOf(Files.readSymbolicLink(child(name)));
    }

    @Override
    public void close() {}

    private Path child(Name name) {
        return RawPaths.resolve(path, name);
    }
}

package io.holdfast.vault.files;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A directory as a path, for the systems that the native calls do not know. */
final class PlainDirectory extends PlainInode implements TargetDirectory {

    private PlainDirectory(Path path) {
        super(path);
    }

    static PlainDirectory open(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(path.toString());
        }
        return new PlainDirectory(real);
    }

    @Override
    public List<Name> names() throws IOException {
        List<Name> names = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(path())) {
            listing.forEach(entry -> names.add(RawPaths.nameOf(entry)));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public Metadata look(Name name) throws IOException {
        return PlainStat.of(child(name));
    }

    @Override
    public List<ExtendedAttribute> attributes(Name name) {
        return List.of();
    }

    @Override
    public PlainDirectory open(Name name) throws IOException {
        Path child = child(name);
        if (PlainStat.of(child).type() != NodeType.DIR) {
            throw new NotDirectoryException(child.toString());
        }
        if (!Files.isReadable(child)) {
            throw new AccessDeniedException(child.toString());
        }
        return new PlainDirectory(child);
    }

    @Override
    public OpenFile read(Name name) throws IOException {
        Path child = regular(name);
        SeekableByteChannel channel =
                Files.newByteChannel(child, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        return new PlainFile(channel, child);
    }

    @Override
    public Name link(Name name) throws IOException {
        return RawPaths.targetOf(Files.readSymbolicLink(child(name)));
    }

    @Override
    public Inode hold(Name name) throws IOException {
        Path child = child(name);
        PlainStat.of(child);
        return new PlainInode(child);
    }

    @Override
    public void makeDirectory(Name name, int permissions) throws IOException {
        Files.createDirectory(child(name));
        new PlainInode(child(name)).setPermissions(permissions);
    }

    @Override
    public TargetFile create(Name name) throws IOException {
        TargetFile file = open(child(name), StandardOpenOption.CREATE_NEW);
        file.setPermissions(0600);
        return file;
    }

    @Override
    public TargetFile write(Name name) throws IOException {
        return open(regular(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void makeLink(Name name, Name target) throws IOException {
        Files.createSymbolicLink(child(name), RawPaths.target(target));
    }

    @Override
    public void makeSpecial(Name name, NodeType type, long device) throws IOException {
        throw new FileSystemException(child(name).toString(), null, "fifos and devices cannot be made on this system");
    }

    @Override
    public void makeHardLink(Name existing, TargetDirectory directory, Name name) throws IOException {
        Files.createLink(RawPaths.resolve(directory.path(), name), child(existing));
    }

    @Override
    public void rename(Name from, Name to) throws IOException {
        try {
            Files.move(child(from), child(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(child(from), child(to), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void remove(Name name) throws IOException {
        Path child = child(name);
        if (PlainStat.of(child).type() == NodeType.DIR) {
            throw new FileSystemException(child.toString(), null, "is a directory");
        }
        Files.delete(child);
    }

    @Override
    public void removeDirectory(Name name) throws IOException {
        Path child = child(name);
        if (PlainStat.of(child).type() != NodeType.DIR) {
            throw new NotDirectoryException(child.toString());
        }
        Files.delete(child);
    }

    @Override
    public void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException _) {
            // Windows opens no directory, and keeps names by itself.
        }
    }

    @Override
    public boolean syncFileSystem() {
        return false;
    }

    private static TargetFile open(Path path, OpenOption option) throws IOException {
        return new PlainTargetFile(FileChannel.open(path, Set.of(StandardOpenOption.WRITE, option)), path);
    }

    private Path regular(Name name) throws IOException {
        Path child = child(name);
        if (PlainStat.of(child).type() != NodeType.FILE) {
            throw new FileSystemException(child.toString(), null, "is not a regular file");
        }
        return child;
    }

    private Path child(Name name) {
        return RawPaths.resolve(path(), name);
    }
}

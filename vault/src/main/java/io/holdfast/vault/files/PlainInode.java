package io.holdfast.vault.files;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** A path whose attributes are changed. What plain Java cannot set outside Unix is left as it is. */
sealed class PlainInode implements Inode permits PlainDirectory, PlainTargetFile {

    private final Path path;

    PlainInode(Path path) {
        this.path = path;
    }

    public final Path path() {
        return path;
    }

    @Override
    public final Metadata stat() throws IOException {
        return PlainStat.of(path);
    }

    @Override
    public final List<ExtendedAttribute> attributes() {
        return List.of();
    }

    @Override
    public final void setOwner(long uid, long gid) throws IOException {
        set("unix:uid", (int) uid);
        set("unix:gid", (int) gid);
    }

    @Override
    public final void setPermissions(int permissions) throws IOException {
        if (stat().type() != NodeType.SYMLINK) {
            set("unix:mode", permissions);
        }
    }

    @Override
    public final void setTimes(Instant atime, Instant mtime) throws IOException {
        FileTime created = null;
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(mtime), FileTime.from(atime), created);
    }

    @Override
    public final void setAttribute(ExtendedAttribute attribute) throws IOException {
        throw notKept();
    }

    @Override
    public final void removeAttribute(String name) throws IOException {
        throw notKept();
    }

    @Override
    public void close() {}

    private void set(String attribute, Object value) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Files.setAttribute(path, attribute, value, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private FileSystemException notKept() {
        return new FileSystemException(path.toString(), null, "extended attributes are not kept on this system");
    }
}

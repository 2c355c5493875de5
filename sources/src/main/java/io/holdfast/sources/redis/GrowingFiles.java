package io.holdfast.sources.redis;

import io.holdfast.sources.stream.BulkInput;
import io.holdfast.sources.stream.LiveDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A data directory as a tar while its server works: each file as long as it was when its turn came, since all that a server
 * does to a file of its name is to append to it, or to put another in its place. Sockets and pipes are left out.
 */
final class GrowingFiles extends BulkInput {

    private static final int BLOCK = 512;

    private final Path directory;
    private final Iterator<Path> paths;
    private boolean atEnd;
    private InputStream bytes = InputStream.nullInputStream();
    private InputStream file = InputStream.nullInputStream();
    private long left;
    private int padding;

    private GrowingFiles(Path directory, List<Path> paths) {
        this.directory = directory;
        this.paths = paths.iterator();
    }

    static InputStream of(Path directory) throws IOException {
        return new GrowingFiles(
                directory,
                LiveDirectory.tree(directory, Integer.MAX_VALUE).stream()
                        .filter(path -> !path.getFileName().toString().startsWith("temp-"))
                        .filter(path ->
                                Files.isSymbolicLink(path) || Files.isDirectory(path) || Files.isRegularFile(path))
                        .toList());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int read = bytes.read(buffer, offset, length);
            if (read > 0) {
                return read;
            }
            if (left > 0) {
                read = file.read(buffer, offset, (int) Math.min(length, left));
                if (read < 0) {
                    throw new EOFException("a file in %s became shorter while it was read".formatted(directory));
                }
                left -= read;
                return read;
            }
            if (!next()) {
                return -1;
            }
        }
    }

    private boolean next() throws IOException {
        file.close();
        if (padding > 0) {
            bytes = new ByteArrayInputStream(new byte[padding]);
            padding = 0;
        } else if (paths.hasNext()) {
            bytes = new ByteArrayInputStream(header(paths.next()));
        } else if (!atEnd) {
            atEnd = true;
            bytes = new ByteArrayInputStream(new byte[2 * BLOCK]);
        } else {
            return false;
        }
        return true;
    }

    private byte[] header(Path path) throws IOException {
        String name = "./" + directory.relativize(path);
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(path)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
        } else if (Files.isDirectory(path)) {
            entry = new TarArchiveEntry(name + "/");
        } else {
            entry = new TarArchiveEntry(name);
            FileChannel channel = FileChannel.open(path);
            file = Channels.newInputStream(channel);
            left = channel.size();
            padding = (int) (-left & BLOCK - 1);
            entry.setSize(left);
        }
        entry.setMode(number(path, "mode") & 07777);
        entry.setUserId(number(path, "uid"));
        entry.setGroupId(number(path, "gid"));
        entry.setLastModifiedTime(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
        var header = new ByteArrayOutputStream();
        var tar = new TarArchiveOutputStream(header, BLOCK, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        tar.putArchiveEntry(entry);
        tar.flush();
        return header.toByteArray();
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer)
                Objects.requireNonNull(Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

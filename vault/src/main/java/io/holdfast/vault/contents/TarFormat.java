package io.holdfast.vault.contents;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * POSIX tar. The library writes the fixed fields, in which each byte is a character; the extended headers are ours, since
 * the library knows text alone.
 */
final class TarFormat implements ArchiveFormat {

    private static final Name NO_TARGET = Name.of("");

    private final TarArchiveOutputStream tar;

    TarFormat(OutputStream target) {
        tar = new TarArchiveOutputStream(target, StandardCharsets.ISO_8859_1.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_TRUNCATE);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    @Override
    public void directory(Name name, Metadata metadata) throws IOException {
        byte[] raw = name.raw();
        byte[] withSlash = Arrays.copyOf(raw, raw.length + 1);
        withSlash[raw.length] = '/';
        put(Name.of(withSlash), NO_TARGET, metadata, entry(TarConstants.LF_DIR));
        tar.closeArchiveEntry();
    }

    @Override
    public void file(Name name, Metadata metadata, long size) throws IOException {
        TarArchiveEntry entry = entry(TarConstants.LF_NORMAL);
        entry.setSize(size);
        put(name, NO_TARGET, metadata, entry);
    }

    @Override
    public void content(byte[] bytes) throws IOException {
        tar.write(bytes);
    }

    @Override
    public void endFile() throws IOException {
        tar.closeArchiveEntry();
    }

    @Override
    public boolean hasLinks() {
        return true;
    }

    @Override
    public void link(Name name, Metadata metadata, Name first) throws IOException {
        put(name, first, metadata, entry(TarConstants.LF_LINK));
        tar.closeArchiveEntry();
    }

    @Override
    public void special(Name name, Node node) throws IOException {
        Name target = node.linkTarget();
        TarArchiveEntry entry = switch (node.type()) {
            case SYMLINK -> entry(TarConstants.LF_SYMLINK);
            case DEVICE -> device(TarConstants.LF_BLK, node.metadata().device());
            case CHARDEV -> device(TarConstants.LF_CHR, node.metadata().device());
            case FIFO, FILE, DIR, SOCKET, IRREGULAR -> entry(TarConstants.LF_FIFO);
        };
        put(name, target == null ? NO_TARGET : target, node.metadata(), entry);
        tar.closeArchiveEntry();
    }

    @Override
    public void finish() throws IOException {
        tar.finish();
        tar.flush();
    }

    private void put(Name name, Name target, Metadata metadata, TarArchiveEntry entry) throws IOException {
        byte[] extended = new PaxHeader(name, target, metadata).bytes();
        if (extended.length > 0) {
            TarArchiveEntry header = new TarArchiveEntry("././@PaxHeader", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
            header.setSize(extended.length);
            header.setModTime(0);
            header.setUserName("");
            tar.putArchiveEntry(header);
            tar.write(extended);
            tar.closeArchiveEntry();
        }
        entry.setName(characters(name.raw()));
        entry.setLinkName(characters(target.raw()));
        entry.setMode(metadata.permissions());
        entry.setUserId(metadata.uid());
        entry.setGroupId(metadata.gid());
        entry.setUserName(characters(metadata.user().getBytes(StandardCharsets.UTF_8)));
        entry.setGroupName(characters(metadata.group().getBytes(StandardCharsets.UTF_8)));
        entry.setModTime(metadata.mtime().getEpochSecond() * 1000);
        tar.putArchiveEntry(entry);
    }

    private static TarArchiveEntry entry(byte kind) {
        return new TarArchiveEntry("", kind, true);
    }

    /** Device numbers as Linux packs them. */
    private static TarArchiveEntry device(byte kind, long device) {
        TarArchiveEntry entry = entry(kind);
        entry.setDevMajor((int) (((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L)));
        entry.setDevMinor((int) ((device & 0xff) | ((device >>> 12) & 0xffffff00L)));
        return entry;
    }

    private static String characters(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

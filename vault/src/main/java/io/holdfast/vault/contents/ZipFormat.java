package io.holdfast.vault.contents;

import io.holdfast.vault.json.GoQuoted;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** Zip, with what most programs that read it know. */
final class ZipFormat implements ArchiveFormat {

    private final ZipArchiveOutputStream zip;

    ZipFormat(OutputStream target) {
        zip = new ZipArchiveOutputStream(target);
    }

    @Override
    public void directory(Name name, Metadata metadata) throws IOException {
        ZipArchiveEntry entry = entry(name, "/", metadata, UnixStat.DIR_FLAG, 0);
        entry.setMethod(ZipMethod.STORED.getCode());
        entry.setCrc(0);
        zip.putArchiveEntry(entry);
        zip.closeArchiveEntry();
    }

    @Override
    public void file(Name name, Metadata metadata, long size) throws IOException {
        zip.putArchiveEntry(entry(name, "", metadata, UnixStat.FILE_FLAG, size));
    }

    @Override
    public void content(byte[] bytes) throws IOException {
        zip.write(bytes);
    }

    @Override
    public void endFile() throws IOException {
        zip.closeArchiveEntry();
    }

    @Override
    public boolean hasLinks() {
        return false;
    }

    @Override
    public void link(Name name, Metadata metadata, Name first) {
        throw new IllegalStateException("zip has no hard links");
    }

    @Override
    public void special(Name name, Node node) throws IOException {
        Name target = node.linkTarget();
        if (node.type() == NodeType.SYMLINK && target != null) {
            byte[] raw = target.raw();
            zip.putArchiveEntry(entry(name, "", node.metadata(), UnixStat.LINK_FLAG, raw.length));
            zip.write(raw);
            zip.closeArchiveEntry();
        }
    }

    @Override
    public void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    private static ZipArchiveEntry entry(Name name, String end, Metadata metadata, int kind, long size) {
        ZipArchiveEntry entry =
                new ZipArchiveEntry((name.isText() ? name.toString() : GoQuoted.quote(name.raw())) + end);
        entry.setSize(size);
        entry.setUnixMode(kind | metadata.permissions());
        entry.setLastModifiedTime(FileTime.from(metadata.mtime()));
        return entry;
    }
}

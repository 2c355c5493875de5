package io.holdfast.vault.contents;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.PosixAcl;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The extended header of a POSIX tar entry: what does not fit its fixed fields.
 *
 * <pre>
 * header = { length " " keyword "=" value "\n" }          length in bytes of the whole record, itself included
 * </pre>
 *
 * Keywords are those of POSIX, and {@code SCHILY.xattr.} and {@code SCHILY.acl.} as other programs write and read them.
 */
final class PaxHeader {

    /** What the fixed fields hold. */
    private static final int NAME_LENGTH = 100;

    private static final int OWNER_LENGTH = 32;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    /** @param name with a slash at its end for a directory */
    PaxHeader(Name name, Name target, Metadata metadata) {
        if (!name.isText() || !target.isText()) {
            add("hdrcharset", "BINARY");
        }
        addLong("path", name.raw(), NAME_LENGTH);
        addLong("linkpath", target.raw(), NAME_LENGTH);
        addLong("uname", utf8(metadata.user()), OWNER_LENGTH);
        addLong("gname", utf8(metadata.group()), OWNER_LENGTH);
        add("mtime", decimal(metadata.mtime()));
        if (!metadata.atime().equals(metadata.mtime())) {
            add("atime", decimal(metadata.atime()));
        }
        metadata.attributes().forEach(this::add);
    }

    byte[] bytes() {
        return records.toByteArray();
    }

    private void addLong(String keyword, byte[] value, int most) {
        boolean isPlain = true;
        for (byte each : value) {
            isPlain &= each > 0;
        }
        if (value.length > most || !isPlain) {
            add(keyword, value);
        }
    }

    private static String decimal(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), 9))
                .toPlainString();
    }

    private void add(ExtendedAttribute attribute) {
        switch (attribute.name()) {
            case PosixAcl.ACCESS -> PosixAcl.text(attribute.value()).ifPresent(acl -> add("SCHILY.acl.access", acl));
            case PosixAcl.DEFAULT -> PosixAcl.text(attribute.value()).ifPresent(acl -> add("SCHILY.acl.default", acl));
            default ->
                add("SCHILY.xattr." + attribute.name().replace("%", "%25").replace("=", "%3D"), attribute.value());
        }
    }

    private void add(String keyword, String value) {
        add(keyword, utf8(value));
    }

    private void add(String keyword, byte[] value) {
        byte[] start = utf8(keyword + "=");
        int rest = 1 + start.length + value.length + 1;
        int length = rest;
        while (length != rest + Integer.toString(length).length()) {
            length = rest + Integer.toString(length).length();
        }
        records.writeBytes(utf8(length + " "));
        records.writeBytes(start);
        records.writeBytes(value);
        records.write('\n');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.holdfast.vault.tree;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An access control list, as Linux keeps it in an extended attribute and as tar spells it.
 *
 * <pre>
 * attribute = version:u32 { tag:u16 permissions:u16 id:u32 }       little endian
 * text      = entry { "," entry }
 * entry     = ( "user:" | "group:" | "mask:" | "other:" ) [ id ] ":" permissions [ ":" id ]
 * </pre>
 */
public final class PosixAcl {

    public static final String ACCESS = "system.posix_acl_access";
    public static final String DEFAULT = "system.posix_acl_default";

    private static final int VERSION = 2;
    private static final int ENTRY = 8;
    private static final int NOBODY = -1;

    private enum Tag {
        OWNER(0x01, "user"),
        USER(0x02, "user"),
        OWNING_GROUP(0x04, "group"),
        GROUP(0x08, "group"),
        MASK(0x10, "mask"),
        OTHER(0x20, "other");

        private final int number;
        private final String word;

        Tag(int number, String word) {
            this.number = number;
            this.word = word;
        }

        boolean hasId() {
            return this == USER || this == GROUP;
        }
    }

    private PosixAcl() {}

    /** The text of an attribute's value; nothing when the value is no list of this version. */
    public static Optional<String> text(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (value.length < Integer.BYTES || bytes.getInt() != VERSION || bytes.remaining() % ENTRY != 0) {
            return Optional.empty();
        }
        List<String> entries = new ArrayList<>();
        while (bytes.hasRemaining()) {
            Optional<String> entry = entry(bytes.getShort(), bytes.getShort(), bytes.getInt());
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            entries.add(entry.get());
        }
        return Optional.of(String.join(",", entries));
    }

    private static Optional<String> entry(int number, int permissions, int id) {
        for (Tag tag : Tag.values()) {
            if (tag.number == number) {
                return Optional.of("%s:%s:%c%c%c"
                        .formatted(
                                tag.word,
                                tag.hasId() ? Integer.toUnsignedString(id) : "",
                                (permissions & 4) != 0 ? 'r' : '-',
                                (permissions & 2) != 0 ? 'w' : '-',
                                (permissions & 1) != 0 ? 'x' : '-'));
            }
        }
        return Optional.empty();
    }

    /** The attribute's value of a text; nothing when it names somebody without a number, or is no list. */
    public static Optional<byte[]> value(String text) {
        List<String> entries = text.lines()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(entry -> entry.replaceFirst("#.*", "").strip())
                .filter(entry -> !entry.isEmpty())
                .toList();
        ByteBuffer value = ByteBuffer.allocate(Integer.BYTES + entries.size() * ENTRY)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION);
        for (String entry : entries) {
            if (!put(entry.split(":", -1), value)) {
                return Optional.empty();
            }
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(value.array());
    }

    private static boolean put(String[] fields, ByteBuffer value) {
        if (fields.length < 3 || fields.length > 4 || !fields[2].matches("[r-][w-][x-]")) {
            return false;
        }
        String id = fields.length == 4 ? fields[3] : fields[1];
        for (Tag tag : Tag.values()) {
            if (tag.word.equals(fields[0]) && tag.hasId() != fields[1].isEmpty()) {
                if (tag.hasId() && !id.matches("\\d{1,10}")) {
                    return false;
                }
                int permissions = 0;
                for (int i = 0; i < 3; i++) {
                    permissions |= fields[2].charAt(i) == '-' ? 0 : 4 >> i;
                }
                value.putShort((short) tag.number)
                        .putShort((short) permissions)
                        .putInt(tag.hasId() ? (int) Long.parseLong(id) : NOBODY);
                return true;
            }
        }
        return false;
    }
}

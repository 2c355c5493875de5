package io.holdfast.vault.tar;

import io.holdfast.vault.json.GoTime;
import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.PosixAcl;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/** Everything that tells of one entry: its fixed fields, and the extensions that came before them. */
final class TarHeader {

    /** What an extended header may say of all entries that follow. */
    private static final Set<String> GLOBAL = Set.of("comment", "mtime", "atime", "uid", "gid", "uname", "gname");

    private final PaxRecords pax;
    private final TarLimits limits;
    private final List<String> notes = new ArrayList<>();
    private byte @Nullable [] longName;
    private byte @Nullable [] longTarget;
    private boolean extended;

    TarHeader(PaxRecords global, TarLimits limits) {
        pax = new PaxRecords(global);
        this.limits = limits;
    }

    static void extendGlobal(PaxRecords global, byte[] header) throws TarFormatException {
        PaxRecords records = new PaxRecords();
        records.add(header);
        List<String> others = new ArrayList<>();
        records.each("", (keyword, _) -> {
            if (!GLOBAL.contains(keyword)) {
                others.add(keyword);
            }
        });
        if (!others.isEmpty()) {
            throw new TarFormatException("a header gives all its entries one %s".formatted(others.getFirst()));
        }
        global.add(header);
    }

    void extend(byte[] header) throws TarFormatException {
        requireFirst(!extended);
        extended = true;
        pax.add(header);
    }

    void longName(byte[] name) throws TarFormatException {
        requireFirst(longName == null);
        longName = upToZero(name);
    }

    void longTarget(byte[] target) throws TarFormatException {
        requireFirst(longTarget == null);
        longTarget = upToZero(target);
    }

    private static void requireFirst(boolean first) throws TarFormatException {
        if (!first) {
            throw new TarFormatException("an entry has two extended headers of one kind");
        }
    }

    private static byte[] upToZero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** How many bytes of data follow. */
    long dataSize(TarArchiveEntry fields) throws TarFormatException {
        return switch ((char) fields.getLinkFlag()) {
            case '1', '2', '3', '4', '5', '6' -> 0;
            default -> {
                Optional<String> size = pax.text("size");
                long bytes = size.isPresent() ? Decimal.number(size.get(), "the size of a file") : fields.getSize();
                if (bytes < 0) {
                    throw new TarFormatException("a file is of %d bytes".formatted(bytes));
                }
                yield bytes;
            }
        };
    }

    /** The holes of a file, as extended headers tell of them; null where it has none. */
    @Nullable
    SparseMap sparse(InputStream data) throws IOException {
        Optional<String> size = pax.text("GNU.sparse.realsize").or(() -> pax.text("GNU.sparse.size"));
        if (size.isEmpty()) {
            return null;
        }
        if (pax.text("GNU.sparse.major").filter("1"::equals).isPresent()) {
            return SparseMap.read(data, size.get());
        }
        List<String> numbers = pax.text("GNU.sparse.map")
                .map(map -> map.isEmpty() ? List.<String>of() : Arrays.asList(map.split(",", -1)))
                .orElse(pax.sparse());
        return SparseMap.of(numbers, size.get());
    }

    TarEntry entry(TarArchiveEntry fields, long size) throws TarFormatException {
        byte[] name = pax.bytes("GNU.sparse.name").or(() -> pax.bytes("path")).orElseGet(() -> name(fields));
        byte[] target = pax.bytes("linkpath").orElseGet(() -> target(fields));
        List<Name> path = path(name);
        char kind = (char) fields.getLinkFlag();
        NodeType type = switch (kind) {
            case '0', '\0', '7', 'S', '1' ->
                name.length > 0 && name[name.length - 1] == '/' && kind != '1' ? NodeType.DIR : NodeType.FILE;
            case '2' -> NodeType.SYMLINK;
            case '3' -> NodeType.CHARDEV;
            case '4' -> NodeType.DEVICE;
            case '5', 'D' -> NodeType.DIR;
            case '6' -> NodeType.FIFO;
            default ->
                throw new TarFormatException(
                        "%s is of kind '%c', which is not known".formatted(TarEntry.text(path), kind));
        };
        if (path.isEmpty() && type != NodeType.DIR) {
            throw new TarFormatException("something that is no directory has no name");
        }
        Metadata metadata = metadata(type, fields, type == NodeType.FILE && kind != '1' ? size : 0);
        return new TarEntry(
                path,
                metadata,
                type == NodeType.SYMLINK ? link(path, target) : null,
                kind == '1' ? path(target) : null,
                notes);
    }

    private byte[] name(TarArchiveEntry fields) {
        return longName == null ? bytes(fields.getName()) : longName;
    }

    private byte[] target(TarArchiveEntry fields) {
        return longTarget == null ? bytes(fields.getLinkName()) : longTarget;
    }

    private List<Name> path(byte[] raw) throws TarFormatException {
        List<Name> path = new ArrayList<>();
        String shown = new String(raw, StandardCharsets.UTF_8);
        if (raw.length == 0 || raw[0] == '/') {
            throw new TarFormatException("'%.200s' is not a path below its top".formatted(shown));
        }
        int start = 0;
        for (int end = 0; end <= raw.length; end++) {
            if (end == raw.length || raw[end] == '/') {
                Name name = Name.of(raw, start, end);
                start = end + 1;
                if (name.raw().length == 0 || name.equals(Name.of("."))) {
                    continue;
                }
                if (!name.isSafe() || name.raw().length > limits.name()) {
                    throw new TarFormatException("'%.200s' holds a name that cannot be".formatted(shown));
                }
                path.add(name);
            }
        }
        if (path.size() > limits.depth()) {
            throw new TarFormatException(
                    "'%.200s…' lies too deep: more than %d directories".formatted(shown, limits.depth()));
        }
        return path;
    }

    private static Name link(List<Name> path, byte[] target) throws TarFormatException {
        Name name = Name.of(target);
        if (target.length == 0 || upToZero(target).length < target.length) {
            throw new TarFormatException("the link %s points nowhere".formatted(TarEntry.text(path)));
        }
        return name;
    }

    private Metadata metadata(NodeType type, TarArchiveEntry fields, long size) throws TarFormatException {
        Instant mtime = time("mtime", GoTime.bound(fields.getLastModifiedTime().toInstant()));
        boolean isDevice = type == NodeType.DEVICE || type == NodeType.CHARDEV;
        return new Metadata(
                type,
                fields.getMode() & 07777,
                mtime,
                time("atime", mtime),
                time("ctime", mtime),
                owner("uid", fields.getLongUserId()),
                owner("gid", fields.getLongGroupId()),
                pax.text("uname").orElseGet(() -> text(fields.getUserName())),
                pax.text("gname").orElseGet(() -> text(fields.getGroupName())),
                0,
                0,
                size,
                1,
                isDevice ? device(fields.getDevMajor(), fields.getDevMinor()) : 0,
                attributes());
    }

    private Instant time(String keyword, Instant otherwise) throws TarFormatException {
        Optional<String> text = pax.text(keyword);
        return text.isPresent() ? Decimal.time(text.get(), keyword) : otherwise;
    }

    private long owner(String keyword, long field) throws TarFormatException {
        Optional<String> text = pax.text(keyword);
        long id = text.isPresent() ? Decimal.number(text.get(), keyword) : field;
        if (id < 0 || id > 0xffffffffL) {
            throw new TarFormatException("an entry has the %s %d".formatted(keyword, id));
        }
        return id;
    }

    /** As Linux packs the numbers. */
    private static long device(long major, long minor) {
        return ((major & 0xfff) << 8) | (minor & 0xff) | ((minor & 0xffffff00L) << 12) | ((major & 0xfffff000L) << 32);
    }

    private List<ExtendedAttribute> attributes() {
        SortedMap<String, byte[]> attributes = new TreeMap<>();
        pax.each("LIBARCHIVE.xattr.", (name, value) -> encoded(name, value, attributes));
        pax.each(
                "SCHILY.xattr.",
                (name, value) -> attributes.put(name.replace("%3D", "=").replace("%25", "%"), value));
        pax.bytes("RHT.security.selinux")
                .ifPresent(label -> attributes.put("security.selinux", Arrays.copyOf(label, label.length + 1)));
        pax.text("SCHILY.acl.access").ifPresent(text -> acl(PosixAcl.ACCESS, text, attributes));
        pax.text("SCHILY.acl.default").ifPresent(text -> acl(PosixAcl.DEFAULT, text, attributes));
        return attributes.entrySet().stream()
                .map(each -> new ExtendedAttribute(each.getKey(), each.getValue()))
                .toList();
    }

    private void encoded(String name, byte[] value, SortedMap<String, byte[]> attributes) {
        try {
            attributes.put(
                    URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8),
                    Base64.getMimeDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            notes.add("its attribute %s is malformed".formatted(name));
        }
    }

    private void acl(String name, String text, SortedMap<String, byte[]> attributes) {
        PosixAcl.value(text)
                .ifPresentOrElse(
                        value -> attributes.put(name, value),
                        () -> notes.add("its access control list is not understood: '%.80s'".formatted(text.strip())));
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(String latin1) {
        return new String(bytes(latin1), StandardCharsets.UTF_8);
    }
}

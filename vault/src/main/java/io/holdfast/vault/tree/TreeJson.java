package io.holdfast.vault.tree;

import io.holdfast.vault.json.GoQuoted;
import io.holdfast.vault.json.GoTime;
import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a tree blob, byte for byte as restic writes it: equal directories must give equal bytes, whoever wrote
 * them, or nothing is shared.
 */
public final class TreeJson {

    private TreeJson() {}

    /** Nodes must be sorted by name, without duplicates. */
    public static byte[] write(List<Node> nodes) {
        JsonText json = new JsonText().open('{').key("nodes").open('[');
        for (Node node : nodes) {
            write(json.element(), node);
        }
        return json.close(']').close('}').newline().utf8();
    }

    private static void write(JsonText json, Node node) {
        Metadata meta = node.metadata();
        boolean hasLinks = switch (meta.type()) {
            case FILE, SYMLINK, DEVICE, CHARDEV -> true;
            case DIR, FIFO, SOCKET, IRREGULAR -> false;
        };
        json.open('{')
                .field("name", GoQuoted.quote(node.name().raw()))
                .field("type", meta.type().word())
                .optional("mode", meta.type().mode(meta.permissions()))
                .field("mtime", meta.mtime())
                .field("atime", meta.atime())
                .field("ctime", meta.ctime())
                .field("uid", meta.uid())
                .field("gid", meta.gid())
                .optional("user", meta.user())
                .optional("group", meta.group())
                .optional("inode", meta.inode());
        if (hasLinks ? meta.links() > 1 : !node.isDirectory()) {
            json.optional("device_id", meta.deviceId());
        }
        if (node.isFile()) {
            json.optional("size", meta.size());
        }
        if (hasLinks) {
            json.optional("links", meta.links());
        }
        Name target = node.linkTarget();
        if (target != null) {
            json.optional("linktarget", target.toString());
            if (!target.isText()) {
                json.field("linktarget_raw", Base64.getEncoder().encodeToString(target.raw()));
            }
        }
        attributes(json, meta.attributes());
        json.optional("device", meta.device()).key("content");
        if (node.isFile()) {
            json.element().open('[');
            node.content().forEach(id -> json.string(id.toString()));
            json.close(']');
        } else {
            json.nothing();
        }
        BlobId subtree = node.subtree();
        if (subtree != null) {
            json.field("subtree", subtree.toString());
        }
        json.optional("error", node.error()).close('}');
    }

    private static void attributes(JsonText json, List<ExtendedAttribute> attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        json.key("extended_attributes").open('[');
        for (ExtendedAttribute each : attributes) {
            json.element()
                    .open('{')
                    .field("name", each.name())
                    .field("value", Base64.getEncoder().encodeToString(each.value()))
                    .close('}');
        }
        json.close(']');
    }

    /** The nodes of a tree, with names that are safe, sorted and unique. */
    public static List<Node> read(byte[] json) throws DamagedException {
        List<Node> nodes = new ArrayList<>();
        Name last = null;
        for (JsonObject each : JsonObject.parse(json, "the tree").objects("nodes")) {
            Node node = read(each);
            if (!node.name().isSafe()) {
                throw new DamagedException("a tree holds the unsafe name '%s'".formatted(node.name()));
            }
            if (last != null && last.compareTo(node.name()) >= 0) {
                throw new DamagedException("a tree is not sorted at '%s'".formatted(node.name()));
            }
            last = node.name();
            nodes.add(node);
        }
        return nodes;
    }

    private static Node read(JsonObject json) throws DamagedException {
        Name name = json.parsed("name", text -> Name.of(GoQuoted.unquote(text)));
        NodeType type = json.parsed("type", NodeType::of);
        Instant mtime = json.time("mtime");
        Metadata metadata = new Metadata(
                type,
                NodeType.permissions(json.number("mode")),
                mtime,
                json.optional("atime", GoTime::parse).orElse(mtime),
                json.optional("ctime", GoTime::parse).orElse(Instant.EPOCH),
                json.number("uid"),
                json.number("gid"),
                json.string("user", ""),
                json.string("group", ""),
                json.number("inode"),
                json.number("device_id"),
                json.number("size"),
                json.number("links"),
                json.number("device"),
                attributes(json));
        if (type == NodeType.FILE && !json.has("content")) {
            throw new DamagedException("file '%s' has no list of content".formatted(name));
        }
        if (type == NodeType.DIR && !json.has("subtree")) {
            throw new DamagedException("directory '%s' has no tree".formatted(name));
        }
        return new Node(
                name,
                metadata,
                type == NodeType.SYMLINK ? target(json) : null,
                type == NodeType.FILE ? content(json) : List.of(),
                type == NodeType.DIR ? json.parsed("subtree", BlobId::parse) : null,
                json.string("error", ""));
    }

    private static List<ExtendedAttribute> attributes(JsonObject json) throws DamagedException {
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (JsonObject each : json.objects("extended_attributes")) {
            byte[] value = each.optional("value", Base64.getDecoder()::decode).orElse(new byte[0]);
            attributes.add(new ExtendedAttribute(each.string("name"), value));
        }
        return attributes;
    }

    private static Name target(JsonObject json) throws DamagedException {
        @Nullable
        Name raw = json.optional(
                        "linktarget_raw", text -> Name.of(Base64.getDecoder().decode(text)))
                .orElse(null);
        return raw != null ? raw : Name.of(json.string("linktarget"));
    }

    private static List<BlobId> content(JsonObject json) throws DamagedException {
        List<BlobId> ids = new ArrayList<>();
        for (String hex : json.strings("content")) {
            try {
                ids.add(BlobId.parse(hex));
            } catch (IllegalArgumentException e) {
                throw new DamagedException("a file's content names no blob", e);
            }
        }
        return ids;
    }
}

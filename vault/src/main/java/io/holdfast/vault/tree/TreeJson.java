package io.holdfast.vault.tree;

import io.holdfast.vault.json.GoQuoted;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import java.util.Base64;
import java.util.List;

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
                .optional("inode", meta.inode())
                .optional("device_id", meta.deviceId())
                .optional("size", meta.size())
                .optional("links", meta.links());
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

    /** The nodes of a tree; see {@link TreeReader}. */
    public static List<Node> read(byte[] json) throws DamagedException {
        return new TreeReader(json, "the tree").rest();
    }
}

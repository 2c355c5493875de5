package io.holdfast.vault.tree;

import io.holdfast.vault.json.GoQuoted;
import io.holdfast.vault.json.GoTime;
import io.holdfast.vault.json.JsonElements;
import io.holdfast.vault.json.JsonReader;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the nodes of a tree one after the other, so that few of a large directory exist at a time. Their names are safe,
 * sorted and unique.
 */
public final class TreeReader {

    private final JsonElements<Node> nodes;
    private final String what;
    private @Nullable Name last;

    /** @param what names it in errors */
    TreeReader(byte[] json, String what) {
        this.what = what;
        nodes = new JsonElements<>(json, what, "nodes", node -> new Fields().read(node));
    }

    /** The next node; null when there is none. */
    public @Nullable Node next() throws DamagedException {
        Node node = nodes.next();
        if (node == null) {
            return null;
        }
        if (!node.name().isSafe()) {
            throw new DamagedException("%s holds the unsafe name '%s'".formatted(what, node.name()));
        }
        if (last != null && last.compareTo(node.name()) >= 0) {
            throw new DamagedException("%s is not sorted at '%s'".formatted(what, node.name()));
        }
        last = node.name();
        return node;
    }

    /** All nodes from here on. */
    List<Node> rest() throws DamagedException {
        List<Node> rest = new ArrayList<>();
        for (Node node = next(); node != null; node = next()) {
            rest.add(node);
        }
        return rest;
    }

    /** The next node of this name; null when there is none. */
    @Nullable
    Node find(Name name) throws DamagedException {
        Node node = next();
        while (node != null && !node.name().equals(name)) {
            node = next();
        }
        return node;
    }

    /** What has been read of one node. */
    private final class Fields {

        private @Nullable Name name;
        private @Nullable NodeType type;
        private long mode;
        private @Nullable Instant mtime;
        private @Nullable Instant atime;
        private Instant ctime = Instant.EPOCH;
        private long uid;
        private long gid;
        private String user = "";
        private String group = "";
        private long inode;
        private long deviceId;
        private long size;
        private long links;
        private long device;
        private @Nullable Name target;
        private @Nullable Name rawTarget;
        private @Nullable List<BlobId> content;
        private @Nullable BlobId subtree;
        private String error = "";
        private final List<ExtendedAttribute> attributes = new ArrayList<>();

        Node read(JsonReader json) throws DamagedException {
            json.fields(field -> {
                if (json.isNull()) {
                    json.skip();
                } else {
                    read(field, json);
                }
            });
            return node();
        }

        private void read(String field, JsonReader json) throws DamagedException {
            switch (field) {
                case "name" -> name = json.parsed(text -> Name.of(GoQuoted.unquote(text)));
                case "type" -> type = json.parsed(NodeType::of);
                case "mode" -> mode = json.number();
                case "mtime" -> mtime = json.parsed(GoTime::parse);
                case "atime" -> atime = json.parsed(GoTime::parse);
                case "ctime" -> ctime = json.parsed(GoTime::parse);
                case "uid" -> uid = json.number();
                case "gid" -> gid = json.number();
                case "user" -> user = json.string();
                case "group" -> group = json.string();
                case "inode" -> inode = json.number();
                case "device_id" -> deviceId = json.number();
                case "size" -> size = json.number();
                case "links" -> links = json.number();
                case "device" -> device = json.number();
                case "linktarget" -> target = Name.of(json.string());
                case "linktarget_raw" ->
                    rawTarget = json.parsed(text -> Name.of(Base64.getDecoder().decode(text)));
                case "content" -> content = content(json);
                case "subtree" -> subtree = json.parsed(BlobId::parse);
                case "error" -> error = json.string();
                case "extended_attributes" -> json.elements(() -> attributes.add(attribute(json)));
                default -> json.skip();
            }
        }

        private static List<BlobId> content(JsonReader json) throws DamagedException {
            List<BlobId> ids = new ArrayList<>();
            json.elements(() -> ids.add(json.parsed(BlobId::parse)));
            return ids;
        }

        private static ExtendedAttribute attribute(JsonReader json) throws DamagedException {
            String[] name = {""};
            byte[][] value = {{}};
            json.fields(field -> {
                switch (field) {
                    case "name" -> name[0] = json.string();
                    case "value" -> value[0] = json.isNull() ? value[0] : json.parsed(Base64.getDecoder()::decode);
                    default -> json.skip();
                }
            });
            return new ExtendedAttribute(name[0], value[0]);
        }

        private Node node() throws DamagedException {
            if (name == null || type == null || mtime == null) {
                throw new DamagedException("%s holds a node without name, type or time".formatted(what));
            }
            if (type == NodeType.FILE && content == null) {
                throw new DamagedException("%s: file '%s' has no list of content".formatted(what, name));
            }
            if (type == NodeType.DIR && subtree == null) {
                throw new DamagedException("%s: directory '%s' has no tree".formatted(what, name));
            }
            Name pointsTo = rawTarget == null ? target : rawTarget;
            if (type == NodeType.SYMLINK && pointsTo == null) {
                throw new DamagedException("%s: link '%s' points nowhere".formatted(what, name));
            }
            Metadata metadata = new Metadata(
                    type,
                    NodeType.permissions(mode),
                    mtime,
                    atime == null ? mtime : atime,
                    ctime,
                    uid,
                    gid,
                    user,
                    group,
                    inode,
                    deviceId,
                    size,
                    links,
                    device,
                    attributes);
            return new Node(
                    name,
                    metadata,
                    type == NodeType.SYMLINK ? pointsTo : null,
                    type == NodeType.FILE && content != null ? content : List.of(),
                    type == NodeType.DIR ? subtree : null,
                    error);
        }
    }
}

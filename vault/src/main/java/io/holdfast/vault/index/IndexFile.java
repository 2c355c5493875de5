package io.holdfast.vault.index;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.json.JsonReader;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of an index file: packs and the blobs in them. It names durable packs only, each with all its blobs. */
public final class IndexFile {

    private IndexFile() {}

    public static byte[] write(Collection<Pack> packs) {
        JsonText json = new JsonText().open('{').key("packs").open('[');
        for (Pack pack : packs) {
            json.element()
                    .open('{')
                    .field("id", pack.id().toString())
                    .key("blobs")
                    .open('[');
            for (PackedBlob blob : pack.blobs()) {
                json.element()
                        .open('{')
                        .field("id", blob.key().id().toString())
                        .field("type", blob.key().type().word())
                        .field("offset", blob.offset())
                        .field("length", blob.length())
                        .optional("uncompressed_length", blob.plainLength())
                        .close('}');
            }
            json.close(']').close('}');
        }
        return json.close(']').close('}').newline().utf8();
    }

    public static List<Pack> read(byte[] utf8) throws DamagedException {
        List<Pack> packs = new ArrayList<>();
        JsonReader.object(
                utf8,
                "the index file",
                json -> json.fields(name -> {
                    switch (name) {
                        case "packs" -> json.elements(() -> packs.add(pack(json)));
                        default -> json.skip();
                    }
                }));
        return packs;
    }

    private static Pack pack(JsonReader json) throws DamagedException {
        PackFields pack = new PackFields();
        json.fields(name -> {
            switch (name) {
                case "id" -> pack.id = json.parsed(PackId::parse);
                case "blobs" -> json.elements(() -> pack.blobs.add(blob(json)));
                default -> json.skip();
            }
        });
        if (pack.id == null) {
            throw new DamagedException("the index file names a pack without id");
        }
        return new Pack(pack.id, pack.blobs);
    }

    private static PackedBlob blob(JsonReader json) throws DamagedException {
        BlobFields blob = new BlobFields();
        json.fields(name -> {
            switch (name) {
                case "id" -> blob.id = json.parsed(BlobId::parse);
                case "type" -> blob.type = json.parsed(IndexFile::type);
                case "offset" -> blob.offset = json.number(0, Integer.MAX_VALUE);
                case "length" -> blob.length = json.number(SealingKey.OVERHEAD, Integer.MAX_VALUE);
                case "uncompressed_length" -> blob.plainLength = json.number(0, Integer.MAX_VALUE);
                default -> json.skip();
            }
        });
        if (blob.id == null || blob.type == null || blob.length == 0) {
            throw new DamagedException("the index file names a blob without id, type or length");
        }
        return new PackedBlob(new BlobKey(blob.type, blob.id), blob.offset, blob.length, blob.plainLength);
    }

    /** What has been read of a pack. */
    private static final class PackFields {
        private @Nullable PackId id;
        private final List<PackedBlob> blobs = new ArrayList<>();
    }

    /** What has been read of a blob. */
    private static final class BlobFields {
        private @Nullable BlobId id;
        private @Nullable BlobType type;
        private int offset;
        private int length;
        private int plainLength;
    }

    private static BlobType type(String word) {
        return switch (word) {
            case "data" -> BlobType.DATA;
            case "tree" -> BlobType.TREE;
            default -> throw new IllegalArgumentException("unknown blob type");
        };
    }
}

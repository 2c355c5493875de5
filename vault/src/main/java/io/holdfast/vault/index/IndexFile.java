package io.holdfast.vault.index;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.json.JsonObject;
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

    public static List<Pack> read(byte[] json) throws DamagedException {
        List<Pack> packs = new ArrayList<>();
        for (JsonObject pack : JsonObject.parse(json, "the index file").objects("packs")) {
            List<PackedBlob> blobs = new ArrayList<>();
            for (JsonObject blob : pack.objects("blobs")) {
                blobs.add(read(blob));
            }
            packs.add(new Pack(pack.parsed("id", PackId::parse), blobs));
        }
        return packs;
    }

    private static PackedBlob read(JsonObject blob) throws DamagedException {
        BlobKey key = new BlobKey(blob.parsed("type", IndexFile::type), blob.parsed("id", BlobId::parse));
        long offset = blob.number("offset");
        if (offset < 0 || offset > Integer.MAX_VALUE) {
            throw new DamagedException("%s lies at an impossible offset".formatted(key));
        }
        return new PackedBlob(
                key,
                offset,
                blob.number("length", SealingKey.OVERHEAD, Integer.MAX_VALUE),
                blob.number("uncompressed_length", 0, Integer.MAX_VALUE));
    }

    private static BlobType type(String word) {
        return switch (word) {
            case "data" -> BlobType.DATA;
            case "tree" -> BlobType.TREE;
            default -> throw new IllegalArgumentException("unknown blob type");
        };
    }
}

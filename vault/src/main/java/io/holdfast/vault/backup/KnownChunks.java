package io.holdfast.vault.backup;

import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.tree.Node;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a file in the parent snapshot, by where they began: what is written into a file, or appended to it, leaves
 * most of them as they were. Only what the repository holds counts.
 */
final class KnownChunks {

    /**
     * A chunk that the repository holds.
     *
     * @param length of its content, in bytes
     */
    record Chunk(BlobId id, int length) {}

    private final List<BlobId> ids;
    private final BlobWriter writer;
    private int next;
    private long begin;

    private KnownChunks(List<BlobId> ids, BlobWriter writer) {
        this.ids = ids;
        this.writer = writer;
    }

    /** @param before the file in the parent snapshot */
    static KnownChunks of(@Nullable Node before, BlobWriter writer) {
        return new KnownChunks(before == null ? List.of() : before.content(), writer);
    }

    /** The chunk that began here, if one did. To be asked for one position after the other. */
    @Nullable
    Chunk at(long position) {
        while (next < ids.size() && begin <= position) {
            BlobId id = ids.get(next);
            OptionalInt length = writer.lengthHeld(id);
            if (length.isEmpty()) {
                next = ids.size();
            } else if (begin == position) {
                return new Chunk(id, length.getAsInt());
            } else {
                begin += length.getAsInt();
                next++;
            }
        }
        return null;
    }
}

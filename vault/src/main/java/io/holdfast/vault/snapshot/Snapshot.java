package io.holdfast.vault.snapshot;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One backup: whose, of what, when, and the tree that holds it.
 *
 * @param offset of the clock it was taken by, so that "daily" means days as they were there
 */
public record Snapshot(
        SnapshotId id,
        Instant time,
        ZoneOffset offset,
        String hostname,
        String username,
        List<String> paths,
        List<String> tags,
        List<String> excludes,
        @Nullable SnapshotId parentId,
        @Nullable SnapshotId originalId,
        BlobId tree,
        @Nullable Summary result,
        String programVersion) {

    /** The id of a snapshot that has no file yet. */
    public static final SnapshotId UNSTORED = new SnapshotId(new Digest(0, 0, 0, 0));

    public Snapshot {
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
        excludes = List.copyOf(excludes);
    }

    /** When it was taken, by the clock it was taken by. */
    public OffsetDateTime localTime() {
        return time.atOffset(offset);
    }

    /** Whether it carries all of these; an empty one stands for having none, if no other comes before. */
    public boolean hasTags(List<String> wanted) {
        for (String tag : wanted) {
            if (tag.isEmpty() && tags.isEmpty()) {
                return true;
            }
            if (!tags.contains(tag)) {
                return false;
            }
        }
        return true;
    }

    /** The snapshot that files were compared with. */
    public Optional<SnapshotId> parent() {
        return Optional.ofNullable(parentId);
    }

    /** The first version of this snapshot, when its tags or other data were rewritten later. */
    public Optional<SnapshotId> original() {
        return Optional.ofNullable(originalId);
    }

    /** What the backup did; absent in snapshots of older programs. */
    public Optional<Summary> summary() {
        return Optional.ofNullable(result);
    }
}

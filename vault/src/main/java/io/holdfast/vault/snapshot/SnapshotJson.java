package io.holdfast.vault.snapshot;

import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.SnapshotId;
import java.time.OffsetDateTime;

/** The JSON of a snapshot file. */
final class SnapshotJson {

    private SnapshotJson() {}

    /** The id is not part of it: it is the hash of the stored file. */
    static byte[] write(Snapshot snapshot, long uid, long gid) {
        JsonText json = new JsonText().open('{').field("time", snapshot.time(), snapshot.offset());
        snapshot.parent().ifPresent(parent -> json.field("parent", parent.toString()));
        json.field("tree", snapshot.tree().toString())
                .field("paths", snapshot.paths())
                .optional("hostname", snapshot.hostname())
                .optional("username", snapshot.username())
                .optional("uid", uid)
                .optional("gid", gid)
                .optional("excludes", snapshot.excludes())
                .optional("tags", snapshot.tags());
        snapshot.original().ifPresent(original -> json.field("original", original.toString()));
        json.optional("program_version", snapshot.programVersion());
        snapshot.summary().ifPresent(summary -> write(json.key("summary"), summary));
        return json.close('}').utf8();
    }

    private static void write(JsonText json, Summary summary) {
        json.open('{')
                .field("backup_start", summary.backupStart())
                .field("backup_end", summary.backupEnd())
                .field("files_new", summary.filesNew())
                .field("files_changed", summary.filesChanged())
                .field("files_unmodified", summary.filesUnmodified())
                .field("dirs_new", summary.dirsNew())
                .field("dirs_changed", summary.dirsChanged())
                .field("dirs_unmodified", summary.dirsUnmodified())
                .field("data_blobs", summary.dataBlobs())
                .field("tree_blobs", summary.treeBlobs())
                .field("data_added", summary.dataAdded())
                .field("data_added_packed", summary.dataAddedPacked())
                .field("total_files_processed", summary.totalFilesProcessed())
                .field("total_bytes_processed", summary.totalBytesProcessed())
                .close('}');
    }

    static Snapshot read(SnapshotId id, byte[] utf8) throws DamagedException {
        JsonObject json = JsonObject.parse(utf8, "the snapshot");
        OffsetDateTime time = json.zonedTime("time");
        return new Snapshot(
                id,
                time.toInstant(),
                time.getOffset(),
                json.string("hostname", ""),
                json.string("username", ""),
                json.strings("paths"),
                json.strings("tags"),
                json.strings("excludes"),
                json.optional("parent", SnapshotId::parse).orElse(null),
                json.optional("original", SnapshotId::parse).orElse(null),
                json.parsed("tree", BlobId::parse),
                json.has("summary") ? summary(json.object("summary")) : null,
                json.string("program_version", ""));
    }

    private static Summary summary(JsonObject json) throws DamagedException {
        return new Summary(
                json.time("backup_start"),
                json.time("backup_end"),
                json.number("files_new"),
                json.number("files_changed"),
                json.number("files_unmodified"),
                json.number("dirs_new"),
                json.number("dirs_changed"),
                json.number("dirs_unmodified"),
                json.number("data_blobs"),
                json.number("tree_blobs"),
                json.number("data_added"),
                json.number("data_added_packed"),
                json.number("total_files_processed"),
                json.number("total_bytes_processed"));
    }
}

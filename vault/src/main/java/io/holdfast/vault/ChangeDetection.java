package io.holdfast.vault;

import io.holdfast.vault.repository.Self;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what a file counts as the one of the parent snapshot, and which of its times are kept.
 *
 * @param settled whose status changed before this has the extended attributes that the parent snapshot says
 */
record ChangeDetection(boolean byInode, boolean byCtime, boolean withAtime, Instant settled) {

    /** More than the coarsest clock of a file system: two changes further apart have two times. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    static ChangeDetection of(BackupSpec spec, Optional<Snapshot> parent) {
        boolean byInode = !spec.has(BackupOption.IGNORE_INODE);
        boolean byCtime = byInode && !spec.has(BackupOption.IGNORE_CTIME);
        Optional<Instant> settled = parent.filter(_ -> byCtime)
                .filter(before -> before.programVersion().equals(Self.PROGRAM))
                .filter(before -> before.username().equals(spec.username()))
                .flatMap(Snapshot::summary)
                .map(Summary::backupStart)
                .map(start -> start.minus(CLOCK));
        return new ChangeDetection(byInode, byCtime, spec.has(BackupOption.WITH_ATIME), settled.orElse(Instant.MIN));
    }

    boolean isSameFile(Node before, Metadata now) {
        Metadata then = before.metadata();
        return before.isFile()
                && now.type() == then.type()
                && now.size() == then.size()
                && now.mtime().equals(then.mtime())
                && (!byInode || now.inode() == then.inode())
                && (!byCtime || now.ctime().equals(then.ctime()));
    }

    /**
     * The parent's metadata, extended attributes included, when it still holds: nothing else differs, and attributes do
     * not change without the time of status change. A change within the tick of the file system's clock in which the
     * parent looked would leave that time as it is; so the change must have been long past then.
     *
     * @param now looked at without attributes
     */
    @Nullable
    Metadata known(@Nullable Node before, Metadata now) {
        if (before == null || !now.ctime().isBefore(settled)) {
            return null;
        }
        Metadata then = before.metadata();
        return now.withAttributes(then.attributes()).equals(then) ? then : null;
    }
}

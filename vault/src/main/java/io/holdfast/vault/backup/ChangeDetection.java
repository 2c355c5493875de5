package io.holdfast.vault.backup;

import io.holdfast.vault.repository.Self;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what a file counts as the one of the parent snapshot, and which of its times are kept.
 *
 * @param looked when the parent began to look at files; as late as can be where it does not say
 * @param settled whose status changed before this has the extended attributes that the parent snapshot says
 */
record ChangeDetection(boolean byInode, boolean byCtime, boolean withAtime, Instant looked, Instant settled) {

    /** More than the coarsest clock of a file system: two changes further apart have two times. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    /** The same for one that counts parts of a second: twice the slowest tick of a kernel. */
    private static final Duration TICK = Duration.ofMillis(20);

    static ChangeDetection of(BackupSpec spec, Optional<Snapshot> parent) {
        boolean byInode = !spec.has(BackupOption.IGNORE_INODE);
        boolean byCtime = byInode && !spec.has(BackupOption.IGNORE_CTIME);
        Optional<Instant> looked = parent.flatMap(Snapshot::summary).map(Summary::backupStart);
        Optional<Instant> settled = parent.filter(_ -> byCtime)
                .filter(before -> before.programVersion().equals(Self.PROGRAM))
                .filter(before -> before.username().equals(spec.username()))
                .flatMap(Snapshot::summary)
                .map(Summary::backupStart)
                .map(start -> start.minus(CLOCK));
        return new ChangeDetection(
                byInode,
                byCtime,
                spec.has(BackupOption.WITH_ATIME),
                looked.orElse(Instant.MAX),
                settled.orElse(Instant.MIN));
    }

    boolean isSameFile(Node before, Metadata now) {
        Metadata then = before.metadata();
        return before.isFile()
                && now.type() == then.type()
                && now.size() == then.size()
                && now.mtime().equals(then.mtime())
                && (!byInode || now.inode() == then.inode())
                && (!byCtime || (now.ctime().equals(then.ctime()) && isPast(now.ctime())));
    }

    /**
     * Whether a file that was changed then could not be changed once more, at the same size, within the same tick of the
     * clock but after the parent had read it. Nothing would tell of that, so such files are read again.
     */
    private boolean isPast(Instant changed) {
        return changed.isBefore(looked.minus(changed.equals(changed.truncatedTo(ChronoUnit.SECONDS)) ? CLOCK : TICK));
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

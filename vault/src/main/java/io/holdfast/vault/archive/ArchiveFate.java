package io.holdfast.vault.archive;

import io.holdfast.vault.rewrite.Removal;
import java.time.Instant;
import java.util.List;

/** What becomes of an archive. */
public sealed interface ArchiveFate {

    ArchiveName name();

    /** Its time is not over. */
    record Kept(ArchiveName name, Instant until) implements ArchiveFate {}

    /** Its time is over, and it is one of the newest, which are kept whatever their age. */
    record KeptAsNewest(ArchiveName name) implements ArchiveFate {}

    /** Its time is over; it is dropped by a later run. */
    record Waiting(ArchiveName name) implements ArchiveFate {}

    /** It would be dropped; only that was asked. */
    record Planned(ArchiveName name) implements ArchiveFate {}

    /** Its time is over, and nothing of it was deleted, because something looks wrong. */
    record Refused(ArchiveName name, List<String> doubts) implements ArchiveFate {
        public Refused {
            doubts = List.copyOf(doubts);
        }
    }

    /** Its time is over, and the place does not let go of it yet. What its last snapshots need is still there. */
    record Held(ArchiveName name, List<Removal.Stayed> stayed) implements ArchiveFate {
        public Held {
            stayed = List.copyOf(stayed);
        }
    }

    /** It is gone. */
    record Dropped(ArchiveName name, int files, long bytes) implements ArchiveFate {}
}

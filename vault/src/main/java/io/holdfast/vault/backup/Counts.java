package io.holdfast.vault.backup;

import io.holdfast.vault.index.Written;
import io.holdfast.vault.snapshot.Summary;
import io.holdfast.vault.tree.Node;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts for a backup's summary. */
final class Counts {

    private long filesNew;
    private long filesChanged;
    private long filesUnmodified;
    private long dirsNew;
    private long dirsChanged;
    private long dirsUnmodified;
    private long bytes;

    void file(@Nullable Node before, Node now, boolean unmodified) {
        bytes += now.metadata().size();
        if (unmodified) {
            filesUnmodified++;
        } else if (before == null) {
            filesNew++;
        } else {
            filesChanged++;
        }
    }

    void directory(@Nullable Node before, Node now) {
        if (before == null) {
            dirsNew++;
        } else if (before.equals(now)) {
            dirsUnmodified++;
        } else {
            dirsChanged++;
        }
    }

    Summary summary(Instant start, Instant end, Written written) {
        return new Summary(
                start,
                end,
                filesNew,
                filesChanged,
                filesUnmodified,
                dirsNew,
                dirsChanged,
                dirsUnmodified,
                written.dataBlobs(),
                written.treeBlobs(),
                written.plainBytes(),
                written.storedBytes(),
                filesNew + filesChanged + filesUnmodified,
                bytes);
    }
}

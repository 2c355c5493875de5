package io.holdfast.worker;

import io.holdfast.events.BackupId;
import io.holdfast.vault.feedback.Progress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How far each running capture is. */
final class RunningCaptures {

    /** What one capture has read so far. */
    private record Counters(LongAdder files, LongAdder bytes) {}

    private final Map<BackupId, Counters> running = new ConcurrentHashMap<>();

    Progress of(BackupId backup) {
        var counters = new Counters(new LongAdder(), new LongAdder());
        running.put(backup, counters);
        return new Progress() {
            @Override
            public void advanced(long files, long bytes) {
                counters.files().add(files);
                counters.bytes().add(bytes);
            }
        };
    }

    void ended(BackupId backup) {
        running.remove(backup);
    }

    long files(BackupId backup) {
        Counters counters = running.get(backup);
        return counters == null ? 0 : counters.files().sum();
    }

    long bytes(BackupId backup) {
        Counters counters = running.get(backup);
        return counters == null ? 0 : counters.bytes().sum();
    }
}

package io.holdfast.uploader;

import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import java.util.function.Consumer;

/** A new snapshot wakes the regions of its stack. What they lack they find out by comparing, so a lost event is harmless. */
record WakeOnSnapshots(Regions regions) implements Consumer<Received> {

    @Override
    public void accept(Received received) {
        if (received instanceof Received.Known(Envelope envelope)) {
            switch (envelope.event()) {
                case SnapshotTaken taken -> regions.wake(taken.stack());
                case ManifestWritten written -> regions.wake(written.stack());
                default -> {}
            }
        }
    }
}

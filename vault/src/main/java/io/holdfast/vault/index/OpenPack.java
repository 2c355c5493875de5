package io.holdfast.vault.index;

import io.holdfast.vault.pack.PackBuilder;
import io.holdfast.vault.pack.SealedBlob;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingDeque;
import org.jspecify.annotations.Nullable;

/** The pack that the next blob goes into, collected in one of several builders, whose number bounds memory. */
final class OpenPack {

    private final BlockingDeque<PackBuilder> empty;
    private @Nullable PackBuilder collecting;

    /** @param empty builders that others may take too; the first ones are used first, so that few become large */
    OpenPack(BlockingDeque<PackBuilder> empty) {
        this.empty = empty;
    }

    /** Adds a blob; gives the pack once this has filled it. Waits while there is no builder. */
    synchronized @Nullable PackBuilder add(SealedBlob blob) throws InterruptedIOException {
        PackBuilder builder = collecting();
        builder.add(blob);
        return builder.isFull() ? take() : null;
    }

    /** Hands over what has been collected, if anything has. */
    synchronized @Nullable PackBuilder take() {
        PackBuilder taken = collecting;
        collecting = null;
        return taken;
    }

    private PackBuilder collecting() throws InterruptedIOException {
        try {
            if (collecting == null) {
                collecting = empty.takeFirst();
            }
            return collecting;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while packs were being stored");
        }
    }
}

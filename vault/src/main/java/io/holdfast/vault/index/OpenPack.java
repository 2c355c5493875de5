package io.holdfast.vault.index;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.pack.PackBuilder;
import io.holdfast.vault.pack.SealedBlob;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pack that the next blob goes into. There are two builders, which bounds memory: while one collects, the other's
 * pack is being finished.
 */
final class OpenPack {

    private final Deque<PackBuilder> empty;
    private @Nullable PackBuilder collecting;

    OpenPack(SealingKey key) {
        empty = new ArrayDeque<>(List.of(new PackBuilder(key), new PackBuilder(key)));
    }

    /** Adds a blob; gives the pack once this has filled it. Waits while neither builder can take a blob. */
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

    /** Takes a builder back once its pack is finished. */
    synchronized void giveBack(PackBuilder finished) {
        empty.push(finished);
        notifyAll();
    }

    private PackBuilder collecting() throws InterruptedIOException {
        try {
            while (collecting == null) {
                collecting = empty.poll();
                if (collecting == null) {
                    wait();
                }
            }
            return collecting;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a pack was being finished");
        }
    }
}

package io.holdfast.vault.index;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.pack.PackBuilder;
import io.holdfast.vault.pack.SealedBlob;
import org.jspecify.annotations.Nullable;

/** The pack that the next blob goes into. */
final class OpenPack {

    private final SealingKey key;
    private PackBuilder builder;

    OpenPack(SealingKey key) {
        this.key = key;
        builder = new PackBuilder(key);
    }

    /** Adds a blob; gives the pack once this has filled it. */
    synchronized @Nullable PackBuilder add(SealedBlob blob) {
        builder.add(blob);
        return builder.isFull() ? take() : null;
    }

    /** Hands over what has been collected and begins anew. */
    synchronized PackBuilder take() {
        PackBuilder taken = builder;
        builder = new PackBuilder(key);
        return taken;
    }
}

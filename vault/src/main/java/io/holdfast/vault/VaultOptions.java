package io.holdfast.vault;

import io.holdfast.vault.backend.cache.Cache;
import java.time.Duration;
import java.util.Optional;

/**
 * How a vault is opened.
 *
 * @param retryLock how long an operation waits for the locks of others before it fails with {@code LOCKED}
 * @param keyHint the beginning of the id of the key file that the password belongs to, so that it is tried first
 * @param lockless whether what only reads takes no lock, as at a place that cannot be written; then a prune elsewhere may
 *     take away what is being read
 * @param cache where index, snapshots and directories of the repository are kept between runs; for remote places
 */
public record VaultOptions(Duration retryLock, Optional<String> keyHint, boolean lockless, Optional<Cache> cache) {

    public static final VaultOptions DEFAULT =
            new VaultOptions(Duration.ZERO, Optional.empty(), false, Optional.empty());

    public VaultOptions withRetryLock(Duration retryLock) {
        return new VaultOptions(retryLock, keyHint, lockless, cache);
    }

    public VaultOptions withKeyHint(String keyHint) {
        return new VaultOptions(retryLock, Optional.of(keyHint), lockless, cache);
    }

    public VaultOptions withLockless(boolean lockless) {
        return new VaultOptions(retryLock, keyHint, lockless, cache);
    }

    public VaultOptions withCache(Cache cache) {
        return new VaultOptions(retryLock, keyHint, lockless, Optional.of(cache));
    }
}

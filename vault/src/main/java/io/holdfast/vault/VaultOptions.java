package io.holdfast.vault;

import java.time.Duration;
import java.util.Optional;

/**
 * How a vault is opened.
 *
 * @param retryLock how long an operation waits for the locks of others before it fails with {@code LOCKED}
 * @param keyHint the beginning of the id of the key file that the password belongs to, so that it is tried first
 */
public record VaultOptions(Duration retryLock, Optional<String> keyHint) {

    public static final VaultOptions DEFAULT = new VaultOptions(Duration.ZERO, Optional.empty());

    public VaultOptions withRetryLock(Duration retryLock) {
        return new VaultOptions(retryLock, keyHint);
    }

    public VaultOptions withKeyHint(String keyHint) {
        return new VaultOptions(retryLock, Optional.of(keyHint));
    }
}

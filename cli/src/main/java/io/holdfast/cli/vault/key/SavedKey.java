package io.holdfast.cli.vault.key;

import io.holdfast.cli.terminal.Output;
import io.holdfast.vault.model.KeyId;

/** A password that opens the repository now. */
record SavedKey(String messageType, String id) {

    static void tell(KeyId key, Output output) {
        if (output.isJson()) {
            output.json(new SavedKey("key_saved", key.toString()));
        } else {
            output.line("saved new key with ID " + key);
        }
    }
}

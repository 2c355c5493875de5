package io.holdfast.vault.crypto.testing;

import io.holdfast.vault.crypto.KeyCost;

/** Keys that are made in no time and guessed as fast. Serves only where a test's class path names it as a service. */
public final class CheapKeys implements KeyCost {

    @Override
    public int n() {
        return 2;
    }
}

package io.holdfast.vault.replica;

import io.holdfast.vault.lock.HeldLock;
import java.io.IOException;

/** The locks that work on a copy rests on, both of them asked before each step that makes something visible. */
record Standing(HeldLock source, HeldLock target) {

    void verify() throws IOException {
        source.verify();
        target.verify();
    }
}

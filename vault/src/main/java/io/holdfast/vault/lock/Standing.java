package io.holdfast.vault.lock;

import java.io.IOException;

/** The locks that work between two places rests on, both of them asked before each step that makes something visible. */
public record Standing(HeldLock source, HeldLock target) {

    public void verify() throws IOException {
        source.verify();
        target.verify();
    }
}

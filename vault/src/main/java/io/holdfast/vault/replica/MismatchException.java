package io.holdfast.vault.replica;

import java.io.IOException;

/** A place holds another repository than the one that was to be copied there. */
public final class MismatchException extends IOException {

    MismatchException(String source, String target) {
        super(
                "Cannot use %s as a copy of %s: it holds another repository, or a damaged config. Nothing was changed there. Give each repository a place of its own."
                        .formatted(target, source));
    }
}

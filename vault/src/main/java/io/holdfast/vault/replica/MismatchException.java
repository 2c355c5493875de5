package io.holdfast.vault.replica;

import java.io.IOException;

/** A place holds another repository than the one that was to be copied there. */
public final class MismatchException extends IOException {

    MismatchException(String source, String target) {
        super(
                "Cannot use %1$s as a copy of %2$s: it holds another repository, or a damaged config. Nothing was changed there. It may be an older repository of the same stack, with backups that are nowhere else: do not delete it. See what it holds with: holdfast vault snapshots --repo %1$s. To go on with that one, move %2$s aside: the next backup founds it again from there. To keep both, give the copies of this one another place."
                        .formatted(target, source));
    }
}

package io.holdfast.vault.contents;

import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;

/** A snapshot does not hold a path, or not as what was asked for. */
public final class NoSuchPathException extends IOException {

    NoSuchPathException(SnapshotPath path, String why) {
        super("%s %s".formatted(path, why));
    }
}

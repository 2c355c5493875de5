package io.holdfast.sources.docker;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.vault.backup.Root;
import java.io.IOException;

/** How data that were found are read, and put back. */
sealed interface DataPlace permits DirectoryOnHost, BehindDoor {

    boolean isEmpty() throws IOException;

    /** @param at where the snapshot is to show them */
    Root root(String at);

    /** Looks whether the snapshot can take the place of the data, which {@link Replacement#put} does. Touches nothing. */
    Replacement prepare(SnapshotFiles files, Layout layout) throws IOException;

    interface Replacement {

        /** Makes the data what the snapshot holds; what the layout keeps is left. */
        Restored put() throws IOException;
    }
}

package io.holdfast.sources.configuration;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.util.List;

/** What of a configuration a program knows about: asked of it, and put into effect by it again. */
interface Part {

    /** Where a snapshot shows what programs told, below the component's place. */
    String GENERATED = "/generated";

    /** A word for it, such as {@code crontabs}. */
    String name();

    Gathered gather() throws IOException;

    /** Lays files over what is there. */
    default Restored put(SnapshotFiles files) throws IOException {
        return Restored.NOTHING;
    }

    /** Puts into effect what the snapshot holds. */
    void apply(SnapshotFiles files) throws IOException;

    /** Fails unless what is in effect now is what the snapshot holds. */
    default void validate(SnapshotFiles files) throws IOException {}

    /** @param notes for whoever reads the snapshot, one line each: what there is, and how to put it back by hand */
    record Gathered(List<Root> roots, List<String> notes) {

        public Gathered {
            roots = List.copyOf(roots);
            notes = List.copyOf(notes);
        }
    }
}

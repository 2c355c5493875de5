package io.holdfast.vault.backup;

import io.holdfast.vault.files.Directory;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is seen of entries on disk, and what of that is stored. What cannot be read is a finding, and null. */
record Looks(ChangeDetection changes, Findings findings) {

    /** As it is, with the file system that it lies on, which the snapshot does not keep. */
    @Nullable
    Metadata look(Directory in, Name entry) {
        try {
            return in.look(entry);
        } catch (IOException e) {
            findings.failed(in, entry, "cannot be read", e);
            return null;
        }
    }

    /** What is stored of it. Attributes are read after the look: one that is set meanwhile shows in the status the next time. */
    @Nullable
    Metadata stored(Directory in, Name entry, Metadata seen, @Nullable Node before) {
        Metadata now = seen.stored(changes.withAtime());
        Metadata known = changes.known(before, now);
        try {
            return known == null ? now.withAttributes(in.attributes(entry)) : known;
        } catch (IOException e) {
            findings.failed(in, entry, "cannot be read", e);
            return null;
        }
    }

    /** What is stored of a directory that only leads to what is captured. */
    Metadata way(Path directory) throws IOException {
        return Directory.stat(directory).stored(changes.withAtime());
    }
}

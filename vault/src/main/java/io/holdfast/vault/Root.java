package io.holdfast.vault;

import java.nio.file.Path;

/** One thing that a backup captures, and the absolute path at which the snapshot shows it. */
public sealed interface Root {

    String at();

    /** A directory with everything below it, or a single file. A symbolic link given here is followed. */
    record Tree(Path from, String at) implements Root {

        /** Captured under its own absolute path, as restic does. */
        public static Tree of(Path from) {
            Path absolute = from.toAbsolutePath().normalize();
            return new Tree(absolute, absolute.toString());
        }
    }

    /** A file that exists in the snapshot only, with mode 0600. The content must not be changed afterwards. */
    @SuppressWarnings("ArrayRecordComponent")
    record Generated(String at, byte[] content) implements Root {}
}

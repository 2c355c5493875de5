package io.holdfast.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;

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

    /** Opens what is to be captured. Whatever goes wrong with it, on closing too, ends the backup. */
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * A file of whatever length a stream has.
     *
     * @param permissions Unix permission bits
     * @param time of modification
     */
    record Stream(String at, Source source, int permissions, Instant time) implements Root {

        /** With mode 0600. */
        public static Stream of(String at, Source source, Instant time) {
            return new Stream(at, source, 0600, time);
        }
    }

    /**
     * A directory with everything that a stream holds, which is an uncompressed tar of any kind; see {@link
     * io.holdfast.vault.tar.TarReader}. Owners, modes (setuid and devices too, which a restore brings back only if asked
     * to), times, links and attributes are kept. A tar that ends early or is not to be trusted ends the backup. Its list of
     * files is kept in memory.
     */
    record Tar(String at, Source source) implements Root {}
}

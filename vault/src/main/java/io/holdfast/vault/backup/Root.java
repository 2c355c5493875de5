package io.holdfast.vault.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** One thing that a backup captures, and the absolute path at which the snapshot shows it. */
public sealed interface Root {

    String at();

    /**
     * A directory with everything below it, or a single file. A symbolic link given here is followed. A directory at {@code
     * /} is all that the snapshot holds.
     *
     * @param named whether {@code at} is the end of {@code from}, as somebody named it: the directories between are shown as
     *     they are on disk, and patterns are held against {@code from} alone
     */
    record Tree(Path from, String at, boolean named) implements Root {

        /** Shown at a place that need have nothing to do with where it lies. */
        public Tree(Path from, String at) {
            this(from, at, from.toAbsolutePath().normalize().toString().equals(at));
        }

        /**
         * As restic captures what is named by a path: an absolute one under itself, another one under what it is relative to
         * the working directory, without the {@code ..} that it begins with.
         */
        public static Tree of(Path from) {
            Path absolute = from.toAbsolutePath().normalize();
            if (from.isAbsolute()) {
                return new Tree(absolute, absolute.toString(), true);
            }
            Path within = from.normalize();
            int up = 0;
            while (up < within.getNameCount() && within.getName(up).toString().equals("..")) {
                up++;
            }
            Path shown = Path.of("/");
            for (Path name :
                    up == within.getNameCount() ? List.<Path>of() : within.subpath(up, within.getNameCount())) {
                shown = shown.resolve(name);
            }
            return new Tree(absolute, shown.toString(), true);
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

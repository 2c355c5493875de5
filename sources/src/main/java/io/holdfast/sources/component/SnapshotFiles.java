package io.holdfast.sources.component;

import io.holdfast.vault.files.Patterns;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What a snapshot holds of one component. Paths begin with a slash and count from the component's own place in it.
 * Everything is authenticated as it is read: damage is an exception, never wrong bytes, though it may come after much was
 * given.
 */
public interface SnapshotFiles {

    /** The names of what lies directly in a directory; none if there is no such directory. */
    List<String> children(String directory) throws IOException;

    /** Writes a file's content to the stream, which stays open. */
    void dump(String file, OutputStream out) throws IOException;

    /** How many bytes {@link #dump} writes of a file. */
    default long size(String file) throws IOException {
        long[] size = {0};
        dump(file, new OutputStream() {
            @Override
            public void write(int b) {
                size[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                size[0] += length;
            }
        });
        return size[0];
    }

    boolean isDirectory(String path) throws IOException;

    /** Whether there is a file or directory of this name. */
    default boolean has(String path) throws IOException {
        if (path.equals("/")) {
            return isDirectory(path);
        }
        int slash = path.lastIndexOf('/');
        return children(slash == 0 ? "/" : path.substring(0, slash)).contains(path.substring(slash + 1));
    }

    /** Whether it is what could be salvaged of a component, and no capture of all of it: what it lacks was not there. */
    default boolean isSalvaged() {
        return false;
    }

    /**
     * Writes a directory with everything below it to the stream, which stays open, as an uncompressed tar.
     *
     * @param name what the directory is called in it; empty for the top of the tar
     */
    void tar(String directory, String name, OutputStream out) throws IOException;

    /** Puts a file, or a directory with everything below it, into a place of this host. Fails unless all of it went there. */
    Restored restore(String path, Placement placement) throws IOException;

    /**
     * Where on this host something goes, and what happens to what lies there.
     *
     * @param replace whether what the snapshot does not hold is deleted
     * @param keep patterns of what is left alone even so, such as caches that were never captured
     * @param only patterns of what was captured, if it was not everything: what matches none is left alone too
     */
    record Placement(Path target, boolean replace, List<String> keep, List<String> only) {

        public Placement {
            keep = List.copyOf(keep);
            only = List.copyOf(only);
        }

        /** Of everything that was captured. */
        public Placement(Path target, boolean replace, List<String> keep) {
            this(target, replace, keep, List.of());
        }

        /** @param below the path of something below the target, from there */
        public boolean keeps(Path below) {
            return Patterns.of(keep).match(below, target);
        }
    }
}

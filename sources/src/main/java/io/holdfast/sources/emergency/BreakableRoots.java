package io.holdfast.sources.emergency;

import io.holdfast.sources.stream.BulkInput;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Roots that tell which of them broke. Of a stream that breaks off, what came until then is kept as the file. */
final class BreakableRoots {

    private final List<Broken> broken = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();

    /** @param at where the snapshot would have shown it */
    record Broken(String at, String why) {}

    List<Root> of(List<Root> roots) {
        return roots.stream()
                .map(root -> switch (root) {
                    case Root.Tree _, Root.Generated _ -> root;
                    case Root.Stream(var at, var source, var permissions, var time) ->
                        new Root.Stream(at, () -> new Breakable(at, open(at, source), true), permissions, time);
                    case Root.Tar(var at, var source) ->
                        new Root.Tar(at, () -> new Breakable(at, open(at, source), false));
                })
                .toList();
    }

    /** What has to be left out. */
    List<Broken> broken() {
        return broken;
    }

    /** What is there in part. */
    List<String> cut() {
        return cut;
    }

    private InputStream open(String at, Root.Source source) throws IOException {
        try {
            return source.open();
        } catch (IOException e) {
            broken.add(new Broken(at, String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private final class Breakable extends BulkInput {

        private final String at;
        private final InputStream in;
        private final boolean keepsPart;
        private long bytes;
        private boolean isOver;

        private Breakable(String at, InputStream in, boolean keepsPart) {
            this.at = at;
            this.in = in;
            this.keepsPart = keepsPart;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (isOver) {
                return -1;
            }
            try {
                int read = in.read(buffer, offset, length);
                bytes += Math.max(0, read);
                return read;
            } catch (IOException e) {
                isOver = true;
                if (keepsPart && bytes > 0) {
                    cut.add("%s: cut after %d bytes: %s".formatted(at, bytes, e.getMessage()));
                    return -1;
                }
                broken.add(new Broken(at, String.valueOf(e.getMessage())));
                throw e;
            }
        }

        /** How it ended was told by reading it. */
        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException _) {
                isOver = true;
            }
        }
    }
}

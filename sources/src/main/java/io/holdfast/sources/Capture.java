package io.holdfast.sources;

import io.holdfast.vault.Root;
import java.io.Closeable;
import java.util.List;

/**
 * A source at rest, ready to be read.
 *
 * @param roots what to read, and where the snapshot shows it
 * @param excludes patterns of what is left out
 * @param resume lets the source go on
 */
public record Capture(List<Root> roots, List<String> excludes, Closeable resume) implements Closeable {

    public Capture {
        roots = List.copyOf(roots);
        excludes = List.copyOf(excludes);
    }

    @Override
    public void close() throws java.io.IOException {
        resume.close();
    }
}

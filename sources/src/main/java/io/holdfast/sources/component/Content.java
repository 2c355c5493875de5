package io.holdfast.sources.component;

import io.holdfast.vault.Root;
import io.holdfast.vault.files.Excludes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * What there is to read of a component.
 *
 * @param roots what to read, and where the snapshot shows it: below the component's own place. Streams are opened when
 *     they are read, each time anew, and whatever goes wrong with them, on closing too, fails the capture
 * @param excludes what of it is left out
 * @param missing of what was salvaged: what the plan names and is not there, in words for an operator
 * @param held let go of when nothing will be read any more
 */
public record Content(List<Root> roots, Excludes excludes, List<String> missing, Closeable held) implements Closeable {

    public Content {
        roots = List.copyOf(roots);
        missing = List.copyOf(missing);
    }

    public Content(List<Root> roots, Excludes excludes) {
        this(roots, excludes, List.of(), () -> {});
    }

    /** @param excludes patterns of what is left out */
    public Content(List<Root> roots, List<String> excludes) {
        this(roots, Excludes.of(excludes));
    }

    public Content lacking(List<String> missing) {
        return new Content(roots, excludes, missing, held);
    }

    public Content holding(Closeable held) {
        return new Content(roots, excludes, missing, held);
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}

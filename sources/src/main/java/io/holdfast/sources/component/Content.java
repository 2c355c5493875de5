package io.holdfast.sources.component;

import io.holdfast.vault.backup.Root;
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
 * @param least what has to be among it for it to be a good backup
 * @param held let go of when nothing will be read any more
 */
public record Content(
        List<Root> roots, Excludes excludes, List<String> missing, Given given, Least least, Closeable held)
        implements Closeable {

    /** In which state it is read. */
    public enum Given {
        /** As it lies there: whether somebody writes to it meanwhile is not known, and shows if a file changes. */
        AS_IT_LIES,
        /** While somebody may write to it, which need not show. */
        BEING_WRITTEN,
        /** As one state that the application itself hands out, whatever is written meanwhile. */
        AS_ONE_STATE
    }

    public Content {
        roots = List.copyOf(roots);
        missing = List.copyOf(missing);
    }

    public Content(List<Root> roots, Excludes excludes) {
        this(roots, excludes, List.of(), Given.AS_IT_LIES, Least.NOTHING, () -> {});
    }

    /** @param excludes patterns of what is left out */
    public Content(List<Root> roots, List<String> excludes) {
        this(roots, Excludes.of(excludes));
    }

    public Content lacking(List<String> missing) {
        return new Content(roots, excludes, missing, given, least, held);
    }

    public Content as(Given given) {
        return new Content(roots, excludes, missing, given, least, held);
    }

    public Content ofAtLeast(Least least) {
        return new Content(roots, excludes, missing, given, least, held);
    }

    public Content holding(Closeable held) {
        return new Content(roots, excludes, missing, given, least, held);
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}

package io.holdfast.sources.component;

import io.holdfast.vault.Root;
import io.holdfast.vault.files.Excludes;
import java.util.List;

/**
 * What there is to read of a component.
 *
 * @param roots what to read, and where the snapshot shows it: below the component's own place. Streams are opened when
 *     they are read, and whatever goes wrong with them, on closing too, fails the capture
 * @param excludes what of it is left out
 */
public record Content(List<Root> roots, Excludes excludes) {

    public Content {
        roots = List.copyOf(roots);
    }

    /** @param excludes patterns of what is left out */
    public Content(List<Root> roots, List<String> excludes) {
        this(roots, Excludes.of(excludes));
    }
}

package io.holdfast.vault.contents;

import java.time.Instant;
import java.util.List;

/**
 * Which files are looked for.
 *
 * @param patterns of paths, of which any must match; see {@link io.holdfast.vault.files.Patterns}
 * @param ignoresCase whether upper and lower case are taken as equal
 * @param oldest when they were modified at the earliest
 * @param newest when they were modified at the latest
 */
public record FindSpec(List<String> patterns, boolean ignoresCase, Instant oldest, Instant newest) {

    public FindSpec {
        patterns = List.copyOf(patterns);
    }

    /** Of these patterns, of any time. */
    public static FindSpec of(String... patterns) {
        return new FindSpec(List.of(patterns), false, Instant.MIN, Instant.MAX);
    }

    public FindSpec withIgnoresCase(boolean ignoresCase) {
        return new FindSpec(patterns, ignoresCase, oldest, newest);
    }

    public FindSpec withOldest(Instant oldest) {
        return new FindSpec(patterns, ignoresCase, oldest, newest);
    }

    public FindSpec withNewest(Instant newest) {
        return new FindSpec(patterns, ignoresCase, oldest, newest);
    }
}

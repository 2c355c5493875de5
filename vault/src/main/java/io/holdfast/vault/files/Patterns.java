package io.holdfast.vault.files;

import io.holdfast.vault.tree.Name;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/**
 * A list of path patterns, with restic's meaning.
 *
 * <ul>
 *   <li>{@code *.tmp}, {@code cache/*}: matches at any depth
 *   <li>{@code /srv/papers/old}: a leading slash, matches from the root of the file system
 *   <li>{@code *} and {@code ?} stay within a name, {@code [a-z]} and {@code [^a-z]} are one character, {@code **} is any
 *       number of names, also none; a backslash makes an ordinary character of the next one
 *   <li>what matches does so with everything below it
 *   <li>{@code !pattern}: what it matches is no match after all; the last pattern that matches decides
 * </ul>
 *
 * Immutable. Where the patterns stand after a path is a {@link Position}, so that a walk looks at each name once.
 *
 * <p>One difference: where a pattern has several {@code **}, restic overlooks paths hardly longer than the pattern.
 */
public final class Patterns {

    private static final int NONE = -1;

    private final List<PathPattern> patterns;
    private final boolean ignoresCase;
    private final long[] relative;

    private Patterns(List<PathPattern> patterns, boolean ignoresCase) {
        this.patterns = patterns;
        this.ignoresCase = ignoresCase;
        relative = starts(false);
    }

    /** Reads patterns; empty ones are skipped, a malformed one is an {@link IllegalArgumentException} that names it. */
    public static Patterns of(List<String> patterns) {
        return new Patterns(
                patterns.stream()
                        .filter(pattern -> !pattern.isEmpty())
                        .map(PathPattern::of)
                        .toList(),
                false);
    }

    /** As {@link #of}, with upper and lower case taken as equal. */
    public static Patterns ignoringCase(List<String> patterns) {
        List<String> lower = patterns.stream().map(Patterns::lower).toList();
        return new Patterns(of(lower).patterns, true);
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** At an absolute path. */
    public Position at(List<Name> path) {
        Position position = root();
        for (Name name : path) {
            position = position.child(name);
        }
        return position;
    }

    /**
     * At the root of a walk that is known by several absolute paths: a pattern with a leading slash may mean any of them,
     * all others begin below.
     */
    public Position below(List<List<Name>> places) {
        long[] live = {};
        int decided = NONE;
        for (List<Name> place : places) {
            Position position = root();
            for (Name name : place) {
                position = position.child(name, new long[0]);
            }
            live = LongStream.concat(LongStream.of(live), LongStream.of(position.live))
                    .toArray();
            decided = Math.max(decided, position.decided);
        }
        return new Position(live, decided);
    }

    /**
     * Whether what lies below a root of several absolute paths matches.
     *
     * @param below the names from the root down
     */
    public boolean match(List<String> below, List<List<String>> places) {
        Position position = below(places.stream().map(Patterns::names).toList());
        for (Name name : names(below)) {
            position = position.child(name);
        }
        return position.isMatch();
    }

    /**
     * As {@link #match(List, List)}, for a root that is known by one path.
     *
     * @param below from the root down
     */
    public boolean match(Path below, Path root) {
        return match(names(below), List.of(names(root)));
    }

    private static List<String> names(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .map(Path::toString)
                .toList();
    }

    private static List<Name> names(List<String> texts) {
        return texts.stream().map(Name::of).toList();
    }

    private Position root() {
        int decided = NONE;
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).absolute() && patterns.get(i).isCompleteAt(0)) {
                decided = i;
            }
        }
        return new Position(starts(true), decided);
    }

    private long[] starts(boolean absolute) {
        LongStream.Builder starts = LongStream.builder();
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).absolute() == absolute) {
                addState(i, 0, starts);
            }
        }
        return starts.build().toArray();
    }

    /** A pattern of which the first parts have matched; also without its next one where that may stand for nothing. */
    private void addState(int pattern, int parts, LongConsumer states) {
        PathPattern it = patterns.get(pattern);
        if (parts < it.parts().size()) {
            states.accept((long) pattern << 32 | parts);
            if (it.isAnyDepth(parts)) {
                addState(pattern, parts + 1, states);
            }
        }
    }

    private byte[] bytes(Name name) {
        return ignoresCase ? lower(name.toString()).getBytes(StandardCharsets.UTF_8) : name.raw();
    }

    private static String lower(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Where the patterns stand after a path. */
    public final class Position {

        /** Patterns that have begun to match and may still change what is decided. */
        private final long[] live;

        /** The last pattern that has matched the path, or a beginning of it. */
        private final int decided;

        private Position(long[] live, int decided) {
            this.decided = decided;
            this.live = LongStream.of(live)
                    .filter(state -> pattern(state) > decided)
                    .distinct()
                    .toArray();
        }

        public boolean isMatch() {
            return isMatch(decided);
        }

        /** Whether the path would match with this name behind it. */
        public boolean matches(Name child) {
            byte[] name = bytes(child);
            return isMatch(decided(relative, name, decided(live, name, decided)));
        }

        public Position child(Name child) {
            return child(child, relative);
        }

        /** Whether a longer path can match. */
        public boolean mayMatchBelow() {
            return isMatch()
                    || LongStream.concat(LongStream.of(live), LongStream.of(relative))
                            .anyMatch(state -> pattern(state) > decided
                                    && !patterns.get(pattern(state)).negated());
        }

        private Position child(Name child, long[] beginning) {
            byte[] name = bytes(child);
            LongStream.Builder next = LongStream.builder();
            for (long[] states : new long[][] {live, beginning}) {
                for (long state : states) {
                    int parts = parts(state);
                    PathPattern pattern = patterns.get(pattern(state));
                    if (pattern.isAnyDepth(parts)) {
                        addState(pattern(state), parts, next);
                    } else if (pattern.parts().get(parts).matches(name)) {
                        addState(pattern(state), parts + 1, next);
                    }
                }
            }
            return new Position(next.build().toArray(), decided(beginning, name, decided(live, name, decided)));
        }

        private int decided(long[] states, byte[] name, int before) {
            int last = before;
            for (long state : states) {
                if (pattern(state) > last && completes(state, name)) {
                    last = pattern(state);
                }
            }
            return last;
        }

        private boolean completes(long state, byte[] name) {
            PathPattern pattern = patterns.get(pattern(state));
            int parts = parts(state);
            return pattern.isAnyDepth(parts)
                    ? pattern.isCompleteAt(parts)
                    : pattern.isCompleteAt(parts + 1)
                            && pattern.parts().get(parts).matches(name);
        }

        private boolean isMatch(int decided) {
            return decided != NONE && !patterns.get(decided).negated();
        }

        private static int pattern(long state) {
            return (int) (state >>> 32);
        }

        private static int parts(long state) {
            return (int) state;
        }
    }
}

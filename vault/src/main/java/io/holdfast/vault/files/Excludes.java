package io.holdfast.vault.files;

import java.util.List;

/**
 * What a backup leaves out.
 *
 * @param patterns of paths; see {@link Patterns}
 * @param patternsIgnoringCase the same with upper and lower case taken as equal; decided apart from {@code patterns}
 * @param ifPresent files that stand for leaving out everything beside them
 * @param largerThan bytes above which a file is left out
 * @param oneFileSystem whether what lies on another file system than its root is left out; a directory on which one is
 *     mounted stays, empty
 * @param allBut patterns of what stays: unless there are none, everything else is left out, but the directories that lead
 *     to what stays. Other excludes are not lifted
 */
public record Excludes(
        List<String> patterns,
        List<String> patternsIgnoringCase,
        List<TagFile> ifPresent,
        long largerThan,
        boolean oneFileSystem,
        List<String> allBut) {

    public static final Excludes NONE = new Excludes(List.of(), List.of(), List.of(), Long.MAX_VALUE, false, List.of());

    public Excludes {
        patterns = List.copyOf(patterns);
        patternsIgnoringCase = List.copyOf(patternsIgnoringCase);
        ifPresent = List.copyOf(ifPresent);
        allBut = List.copyOf(allBut);
    }

    public static Excludes of(List<String> patterns) {
        return NONE.withPatterns(patterns);
    }

    public Excludes withPatterns(List<String> patterns) {
        return new Excludes(patterns, patternsIgnoringCase, ifPresent, largerThan, oneFileSystem, allBut);
    }

    public Excludes withPatternsIgnoringCase(List<String> patternsIgnoringCase) {
        return new Excludes(patterns, patternsIgnoringCase, ifPresent, largerThan, oneFileSystem, allBut);
    }

    public Excludes withIfPresent(List<TagFile> ifPresent) {
        return new Excludes(patterns, patternsIgnoringCase, ifPresent, largerThan, oneFileSystem, allBut);
    }

    public Excludes withLargerThan(long largerThan) {
        return new Excludes(patterns, patternsIgnoringCase, ifPresent, largerThan, oneFileSystem, allBut);
    }

    public Excludes withOneFileSystem(boolean oneFileSystem) {
        return new Excludes(patterns, patternsIgnoringCase, ifPresent, largerThan, oneFileSystem, allBut);
    }

    public Excludes withAllBut(List<String> allBut) {
        return new Excludes(patterns, patternsIgnoringCase, ifPresent, largerThan, oneFileSystem, allBut);
    }
}

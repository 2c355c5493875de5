package io.holdfast.vault.restore;

import io.holdfast.vault.repository.Self;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to bring back, and where to.
 *
 * @param path the subtree within the snapshot; {@code /} for all of it
 * @param target where the subtree's content lands; for a single file the file itself. Nothing outside is touched
 * @param choice which part of the subtree
 * @param overwrite what happens to files that exist
 * @param keep patterns of what is left alone below the target, neither written nor deleted; a leading slash means the
 *     absolute path in the target or in the snapshot
 * @param only patterns of what a backup took, if it did not take all ({@link io.holdfast.vault.files.Excludes#allBut});
 *     unless there are none, what matches none of them is left alone too. A leading slash means the same as in {@code keep}
 */
public record RestoreSpec(
        String path,
        Path target,
        Choice choice,
        Overwrite overwrite,
        Set<Option> options,
        List<String> keep,
        List<String> only) {

    /** Which paths are restored, by restic's patterns; a leading slash means the root of the subtree. */
    public sealed interface Choice {

        record Everything() implements Choice {}

        /** What matches, and the directories that lead there. */
        record Including(List<String> patterns, List<String> patternsIgnoringCase) implements Choice {

            public Including {
                patterns = List.copyOf(patterns);
                patternsIgnoringCase = List.copyOf(patternsIgnoringCase);
            }
        }

        /** What does not match. */
        record Excluding(List<String> patterns, List<String> patternsIgnoringCase) implements Choice {

            public Excluding {
                patterns = List.copyOf(patterns);
                patternsIgnoringCase = List.copyOf(patternsIgnoringCase);
            }
        }
    }

    /** What happens to a file, link, fifo or device that exists where one is to be restored. */
    public enum Overwrite {
        /** Its content is read and compared; what differs is written. */
        ALWAYS,
        /** As {@link #ALWAYS}, but equal size and modification time are taken for equal content. */
        IF_CHANGED,
        /** Only replaced by one with a later modification time. */
        IF_NEWER,
        /** Left as it is. */
        NEVER
    }

    /** What is not done unless asked for. */
    public enum Option {
        /** Delete below the target what the snapshot does not hold and the choice covers. */
        DELETE_EXTRA,
        /** Set owner and group by their numbers; needs root. */
        OWNERS,
        /** Set owner and group by their names, by number where this machine has no such name; needs root. */
        OWNERS_BY_NAME,
        /** Give files back what lends rights: setuid and setgid bits, {@code security.*} and {@code trusted.*} attributes. */
        SETUID,
        /** Make devices; needs root. */
        DEVICES,
        /** Leave out runs of zeros of newly written files, so that they take no room. */
        SPARSE,
        /**
         * Change existing files where they differ instead of replacing them by whole new ones. Needs no room for a second
         * copy, but whoever reads such a file meanwhile, or after a crash, sees old and new mixed; run the restore again.
         */
        IN_PLACE,
        /** Change nothing; the result says what would have been done. */
        DRY_RUN,
        /** Read every file again that is in place, and compare it with the snapshot. */
        VERIFY
    }

    public RestoreSpec {
        options = Set.copyOf(options);
        keep = List.copyOf(keep);
        only = List.copyOf(only);
    }

    /** All of the subtree, by {@link Overwrite#ALWAYS}; sets owners if this process is root's. */
    public static RestoreSpec of(String path, Path target) {
        Set<Option> options = Self.UID == 0 ? Set.of(Option.OWNERS) : Set.of();
        return new RestoreSpec(path, target, new Choice.Everything(), Overwrite.ALWAYS, options, List.of(), List.of());
    }

    public boolean has(Option option) {
        return options.contains(option);
    }

    public RestoreSpec with(Option option) {
        return with(option, true);
    }

    public RestoreSpec with(Option option, boolean wanted) {
        Set<Option> changed = EnumSet.of(option);
        changed.addAll(options);
        if (!wanted) {
            changed.remove(option);
        }
        return new RestoreSpec(path, target, choice, overwrite, changed, keep, only);
    }

    public RestoreSpec withChoice(Choice choice) {
        return new RestoreSpec(path, target, choice, overwrite, options, keep, only);
    }

    public RestoreSpec withOverwrite(Overwrite overwrite) {
        return new RestoreSpec(path, target, choice, overwrite, options, keep, only);
    }

    public RestoreSpec withKeep(List<String> keep) {
        return new RestoreSpec(path, target, choice, overwrite, options, keep, only);
    }

    public RestoreSpec withOnly(List<String> only) {
        return new RestoreSpec(path, target, choice, overwrite, options, keep, only);
    }
}

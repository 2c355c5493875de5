package io.holdfast.vault;

import io.holdfast.vault.repository.Self;
import java.nio.file.Path;
import java.util.List;

/**
 * What to bring back, and where to.
 *
 * @param path the subtree within the snapshot; {@code /} for all of it
 * @param target where the subtree's content lands; for a single file the file itself. Nothing outside is touched
 * @param deleteExtra whether what the snapshot does not hold is deleted below the target
 * @param keep patterns of what is left alone below the target, neither written nor deleted
 * @param owners whether owner and group are set; needs root
 * @param setuid whether files get back their setuid and setgid bits
 */
public record RestoreSpec(
        String path, Path target, boolean deleteExtra, List<String> keep, boolean owners, boolean setuid) {

    public RestoreSpec {
        keep = List.copyOf(keep);
    }

    /** Leaves alone what the snapshot does not hold; sets owners if this process is root's. */
    public static RestoreSpec of(String path, Path target) {
        return new RestoreSpec(path, target, false, List.of(), Self.UID == 0, false);
    }

    public RestoreSpec withDeleteExtra(boolean deleteExtra) {
        return new RestoreSpec(path, target, deleteExtra, keep, owners, setuid);
    }

    public RestoreSpec withKeep(List<String> keep) {
        return new RestoreSpec(path, target, deleteExtra, keep, owners, setuid);
    }

    public RestoreSpec withOwners(boolean owners) {
        return new RestoreSpec(path, target, deleteExtra, keep, owners, setuid);
    }

    public RestoreSpec withSetuid(boolean setuid) {
        return new RestoreSpec(path, target, deleteExtra, keep, owners, setuid);
    }
}

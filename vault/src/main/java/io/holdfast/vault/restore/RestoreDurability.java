package io.holdfast.vault.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what a restore wrote survive a power loss, at little cost: file by file where it is little, and by one call for
 * the whole file system where it is much.
 *
 * <p>Content is durable before its name leads to it, so a name never leads to half a file. The names follow at the end.
 */
final class RestoreDurability {

    /** Up to here, waiting for each is cheaper than for all that others write. */
    private static final int FEW = 32;

    private final TargetTree tree;
    private final List<RestoreLevel> changed = new ArrayList<>();

    RestoreDurability(TargetTree tree) {
        this.tree = tree;
    }

    void contents(List<RestoreFile> written, Workers workers) throws IOException {
        Map<Long, Place> fileSystems = new HashMap<>();
        written.forEach(
                file -> fileSystems.put(file.level().device(), file.level().place()));
        if (written.size() <= FEW || !isSynced(fileSystems)) {
            workers.each(written, RestoreFile::sync);
        }
    }

    /** A directory in which names were made, changed or taken away. */
    void changed(RestoreLevel level) {
        changed.add(level);
    }

    void names() throws IOException {
        Map<Long, Place> fileSystems = new HashMap<>();
        changed.forEach(level -> fileSystems.put(level.device(), level.place()));
        if (changed.size() <= FEW || !isSynced(fileSystems)) {
            for (RestoreLevel level : changed) {
                tree.in(level.place(), directory -> directory.sync());
            }
        }
        changed.clear();
    }

    private boolean isSynced(Map<Long, Place> fileSystems) throws IOException {
        boolean synced = true;
        for (Place place : fileSystems.values()) {
            synced &= tree.at(place, directory -> directory.syncFileSystem());
        }
        return synced;
    }
}

package io.holdfast.vault;

import io.holdfast.vault.files.TargetDirectory;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Takes away what stands below a restore's target and is not in the snapshot. */
final class ExtraFiles {

    private static final int DEEPEST = 2000;

    private ExtraFiles() {}

    /**
     * Deletes an entry of a directory, and all below it that the choice covers. A directory that keeps something stays.
     *
     * @param choice of the directory
     */
    static void delete(RestoreTarget target, Place place, RestoreChoice choice, Name name) throws IOException {
        delete(target, place, choice, name, 0);
    }

    private static void delete(RestoreTarget target, Place place, RestoreChoice choice, Name name, int depth)
            throws IOException {
        NodeType type;
        try {
            type = target.tree().at(place, directory -> directory.stat(name)).type();
        } catch (NoSuchFileException e) {
            return;
        }
        if (type == NodeType.DIR) {
            deleteDirectory(target, place, choice, name, depth);
        } else if (choice.covers(name)) {
            remove(target, place, directory -> directory.remove(name));
        }
    }

    private static void deleteDirectory(RestoreTarget target, Place place, RestoreChoice choice, Name name, int depth)
            throws IOException {
        if (!choice.covers(name)) {
            return;
        }
        Place below = place.child(name);
        if (depth > DEEPEST) {
            throw new FileSystemException(below.toString(), null, "lies too deep to be deleted");
        }
        RestoreChoice inside = choice.enter(name);
        boolean keepsSome = false;
        for (Name each : target.tree().at(below, TargetDirectory::names)) {
            keepsSome |= !inside.covers(each);
            delete(target, below, inside, each, depth + 1);
        }
        if (!keepsSome) {
            try {
                remove(target, place, directory -> directory.removeDirectory(name));
            } catch (DirectoryNotEmptyException e) {
                target.findings().problem(below, "was filled by something else meanwhile, or keeps something");
            }
        }
    }

    private static void remove(RestoreTarget target, Place place, TargetTree.Act act) throws IOException {
        if (!target.isDryRun()) {
            target.tree().in(place, act);
        }
        target.findings().deleted();
    }
}

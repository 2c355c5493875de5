package io.holdfast.vault.restore;

import io.holdfast.vault.files.TargetDirectory;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.Set;

/** Takes away what stands below a restore's target and is not in the snapshot. Sockets stay: they are in none. */
final class ExtraFiles {

    private static final int DEEPEST = 2000;

    private ExtraFiles() {}

    /**
     * Deletes an entry of a directory, and all below it that the choice covers. A directory that keeps something stays.
     *
     * @param choice of the directory
     * @return whether something was deleted
     */
    static boolean delete(RestoreTarget target, Place place, RestoreChoice choice, Name name) throws IOException {
        return delete(target, place, choice, name, 0) != Left.ALL;
    }

    /** What is left of an entry. */
    private enum Left {
        ALL,
        SOME,
        NOTHING
    }

    private static Left delete(RestoreTarget target, Place place, RestoreChoice choice, Name name, int depth)
            throws IOException {
        if (!choice.covers(name) && !choice.reachesInto(name)) {
            return Left.ALL;
        }
        NodeType type;
        try {
            type = target.tree().at(place, directory -> directory.stat(name)).type();
        } catch (NoSuchFileException e) {
            return Left.NOTHING;
        }
        if (type == NodeType.DIR) {
            return deleteDirectory(target, place, choice, name, depth);
        }
        if (choice.covers(name) && type != NodeType.SOCKET) {
            remove(target, place, name, directory -> directory.remove(name));
            return Left.NOTHING;
        }
        return Left.ALL;
    }

    /** One that is not covered itself goes with the last of what was covered in it. */
    private static Left deleteDirectory(RestoreTarget target, Place place, RestoreChoice choice, Name name, int depth)
            throws IOException {
        Place below = place.child(name);
        if (depth > DEEPEST) {
            throw new FileSystemException(below.toString(), null, "lies too deep to be deleted");
        }
        RestoreChoice inside = choice.enter(name);
        Set<Left> left = EnumSet.noneOf(Left.class);
        for (Name each : target.tree().at(below, TargetDirectory::names)) {
            left.add(delete(target, below, inside, each, depth + 1));
        }
        boolean isEmpty = left.isEmpty() || left.equals(EnumSet.of(Left.NOTHING));
        if (!isEmpty || (left.isEmpty() && !choice.covers(name))) {
            return left.contains(Left.NOTHING) || left.contains(Left.SOME) ? Left.SOME : Left.ALL;
        }
        try {
            remove(target, place, name, directory -> directory.removeDirectory(name));
            return Left.NOTHING;
        } catch (DirectoryNotEmptyException e) {
            target.findings().problem(below, "was filled by something else meanwhile");
            return Left.SOME;
        }
    }

    private static void remove(RestoreTarget target, Place place, Name name, TargetTree.Act act) throws IOException {
        if (!target.isDryRun()) {
            target.tree().in(place, act);
        }
        target.findings().deleted(place, name);
    }
}

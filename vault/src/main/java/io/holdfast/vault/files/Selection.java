package io.holdfast.vault.files;

import io.holdfast.vault.files.Patterns.Position;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.SnapshotPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Decides on a walk what a backup leaves out, as restic does. Immutable, so one walk may use several threads. */
public final class Selection {

    private final Excludes excludes;
    private final List<Patterns> patterns;

    private Selection(Excludes excludes) {
        this.excludes = excludes;
        patterns = Stream.of(Patterns.of(excludes.patterns()), Patterns.ignoringCase(excludes.patternsIgnoringCase()))
                .filter(list -> !list.isEmpty())
                .toList();
    }

    /** A malformed pattern is an {@link IllegalArgumentException} that names it. */
    public static Selection of(Excludes excludes) {
        return new Selection(excludes);
    }

    /**
     * Within a root, which is itself never left out. What the snapshot shows under its own path is matched by that path; of
     * what it shows elsewhere, patterns with a leading slash match either path, all others what lies below the root.
     *
     * @param from absolute
     * @param opened the same, which is read only now
     */
    public Level root(Path from, SnapshotPath at, Metadata root, Directory opened) {
        List<Name> onDisk = names(from);
        List<Position> positions = patterns.stream()
                .map(list -> onDisk.equals(at.parts()) ? list.at(onDisk) : list.below(List.of(onDisk, at.parts())))
                .toList();
        return new Level(positions, tagsIn(opened), root.deviceId(), true);
    }

    /** Within what lies on no disk and is shown at a path; patterns without a leading slash match what lies below it. */
    public Level within(SnapshotPath at) {
        List<Position> positions =
                patterns.stream().map(list -> list.below(List.of(at.parts()))).toList();
        return new Level(positions, List.of(), 0, true);
    }

    private static List<Name> names(Path path) {
        List<Name> names = new ArrayList<>();
        path.forEach(part -> names.add(RawPaths.nameOf(part)));
        return names;
    }

    private List<Name> tagsIn(Directory directory) {
        return excludes.ifPresent().stream()
                .filter(tag -> tag.isIn(directory))
                .map(TagFile::name)
                .toList();
    }

    /** One directory of a walk. */
    public final class Level {

        private final List<Position> positions;
        private final List<Name> tags;
        private final long device;
        private final boolean isOnDevice;

        private Level(List<Position> positions, List<Name> tags, long device, boolean isOnDevice) {
            this.positions = positions;
            this.tags = tags;
            this.device = device;
            this.isOnDevice = isOnDevice;
        }

        /** Whether an entry is left out whatever it is, so that nobody needs to look at it. */
        public boolean leavesOut(Name name) {
            for (Name tag : tags) {
                if (!tag.equals(name)) {
                    return true;
                }
            }
            for (Position position : positions) {
                if (position.matches(name)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether an entry is left out for what it is. */
        public boolean leavesOut(Metadata metadata) {
            boolean isDirectory = metadata.type() == NodeType.DIR;
            boolean isTooLarge = metadata.size() > excludes.largerThan() && !isDirectory;
            boolean isMountPoint = isDirectory && isOnDevice;
            boolean isElsewhere = metadata.deviceId() != device && !isMountPoint;
            return isTooLarge || (excludes.oneFileSystem() && isElsewhere);
        }

        /** Within a directory below that lies on no disk. */
        public Level enter(Name name) {
            return new Level(
                    positions.stream().map(position -> position.child(name)).toList(), List.of(), device, true);
        }

        /** The walk within a directory below. */
        public Level enter(Name name, Metadata metadata, Directory opened) {
            return new Level(
                    positions.stream().map(position -> position.child(name)).toList(),
                    tagsIn(opened),
                    device,
                    metadata.deviceId() == device);
        }
    }
}

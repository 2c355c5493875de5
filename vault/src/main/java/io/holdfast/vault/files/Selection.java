package io.holdfast.vault.files;

import io.holdfast.vault.files.Patterns.Position;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.SnapshotPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides on a walk what a backup leaves out, as restic does. Immutable, so one walk may use several threads. */
public final class Selection {

    private final Excludes excludes;
    private final List<Patterns> patterns;
    private final @Nullable Patterns allBut;

    private Selection(Excludes excludes) {
        this.excludes = excludes;
        patterns = Stream.of(Patterns.of(excludes.patterns()), Patterns.ignoringCase(excludes.patternsIgnoringCase()))
                .filter(list -> !list.isEmpty())
                .toList();
        allBut = excludes.allBut().isEmpty() ? null : Patterns.of(excludes.allBut());
    }

    /** A malformed pattern is an {@link IllegalArgumentException} that names it. */
    public static Selection of(Excludes excludes) {
        return new Selection(excludes);
    }

    /**
     * Within a root, which is itself never left out. What the snapshot shows as it was named is matched by the path where it
     * lies; of what it shows elsewhere, patterns with a leading slash match either path, all others what lies below the root.
     *
     * @param from absolute
     * @param named whether {@code at} is the end of {@code from}
     * @param opened the same, which is read only now
     */
    public Level root(Path from, SnapshotPath at, boolean named, Metadata root, Directory opened) {
        List<Name> onDisk = names(from);
        return level(
                list -> named ? list.at(onDisk) : list.below(List.of(onDisk, at.parts())),
                tagsIn(opened),
                root.deviceId());
    }

    /** Within what lies on no disk and is shown at a path; patterns without a leading slash match what lies below it. */
    public Level within(SnapshotPath at) {
        return level(list -> list.below(List.of(at.parts())), List.of(), 0);
    }

    private Level level(Function<Patterns, Position> start, List<Name> tags, long device) {
        return new Level(
                patterns.stream().map(start).toList(), allBut == null ? null : start.apply(allBut), tags, device, true);
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
        private final @Nullable Position stays;
        private final List<Name> tags;
        private final long device;
        private final boolean isOnDevice;

        private Level(
                List<Position> positions, @Nullable Position stays, List<Name> tags, long device, boolean isOnDevice) {
            this.positions = positions;
            this.stays = stays;
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
            return stays != null && !stays.child(name).mayMatchBelow();
        }

        /** Whether an entry that is no directory is left out. */
        public boolean leavesOutFile(Name name) {
            return leavesOut(name) || (stays != null && !stays.matches(name));
        }

        /** Whether this directory stays though nothing in it does. */
        public boolean staysEmpty() {
            return stays == null || stays.isMatch();
        }

        /** Whether an entry is left out for what it is. */
        public boolean leavesOut(Name name, Metadata metadata) {
            boolean isDirectory = metadata.type() == NodeType.DIR;
            boolean isTooLarge = metadata.size() > excludes.largerThan() && !isDirectory;
            boolean isMountPoint = isDirectory && isOnDevice;
            boolean isElsewhere = metadata.deviceId() != device && !isMountPoint;
            return isTooLarge
                    || (excludes.oneFileSystem() && isElsewhere)
                    || (!isDirectory && stays != null && !stays.matches(name));
        }

        /** Within a directory below that lies on no disk. */
        public Level enter(Name name) {
            return enter(name, List.of(), true);
        }

        /** The walk within a directory below. */
        public Level enter(Name name, Metadata metadata, Directory opened) {
            return enter(name, tagsIn(opened), metadata.deviceId() == device);
        }

        private Level enter(Name name, List<Name> tags, boolean isOnDevice) {
            return new Level(
                    positions.stream().map(position -> position.child(name)).toList(),
                    stays == null ? null : stays.child(name),
                    tags,
                    device,
                    isOnDevice);
        }
    }
}

package io.holdfast.vault.restore;

import io.holdfast.vault.files.Inode;
import io.holdfast.vault.files.TargetDirectory;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One directory that a restore walks through: made when something in it needs it, finished when all in it is done. */
final class RestoreLevel {

    private static final int OWNER_ONLY = 0700;

    private final RestoreTarget target;
    private final @Nullable RestoreLevel above;
    private final Place place;
    private final RestoreChoice choice;
    private final @Nullable Metadata wanted;
    private boolean exists;
    private boolean obstructed;
    private boolean used;
    private boolean changed;
    private long device;
    private Set<Name> present = Set.of();
    private List<Name> extra = List.of();

    private RestoreLevel(
            RestoreTarget target,
            @Nullable RestoreLevel above,
            Place place,
            RestoreChoice choice,
            @Nullable Metadata wanted) {
        this.target = target;
        this.above = above;
        this.place = place;
        this.choice = choice;
        this.wanted = wanted;
    }

    /**
     * The target itself.
     *
     * @param wanted what it becomes in the end; null to leave that alone
     */
    static RestoreLevel top(RestoreTarget target, RestoreChoice choice, @Nullable Metadata wanted, boolean exists)
            throws IOException {
        RestoreLevel level = new RestoreLevel(target, null, target.tree().target(), choice, wanted);
        if (exists) {
            level.find(target.tree().at(level.place, TargetDirectory::stat));
        }
        return level;
    }

    /** A directory within. */
    RestoreLevel enter(Name name, Metadata metadata) throws IOException {
        RestoreLevel level = new RestoreLevel(target, this, place.child(name), choice.enter(name), metadata);
        Metadata now = look(name);
        level.device = device;
        if (now != null && now.type() == NodeType.DIR) {
            level.find(now);
        } else {
            level.obstructed = now != null;
        }
        return level;
    }

    private void find(Metadata now) throws IOException {
        if (Self.UID != 0 && (now.permissions() & OWNER_ONLY) != OWNER_ONLY && !target.isDryRun()) {
            letIn(now);
        }
        exists = true;
        device = now.deviceId();
        present = new HashSet<>(target.tree().at(place, TargetDirectory::names));
    }

    /** Lets this process into a directory of its own that shuts it out; the permissions that are wanted come last. */
    private void letIn(Metadata now) throws IOException {
        if (above != null) {
            target.tree().in(above.place, directory -> {
                try (Inode held = directory.hold(place.name())) {
                    held.setPermissions(now.permissions() | OWNER_ONLY);
                }
            });
        }
    }

    Place place() {
        return place;
    }

    RestoreChoice choice() {
        return choice;
    }

    /** The file system it lies on. */
    long device() {
        return device;
    }

    boolean isChanged() {
        return changed;
    }

    void changed() {
        changed = true;
    }

    /** What has the name in this directory; null when nothing has. */
    @Nullable
    Metadata look(Name name) throws IOException {
        return present.contains(name) ? target.tree().at(place, directory -> directory.stat(name)) : null;
    }

    /** Sees to it that something can be put here. */
    void make() throws IOException {
        if (used) {
            return;
        }
        if (above != null) {
            above.make();
        }
        if (!exists && !target.isDryRun() && above != null) {
            if (obstructed) {
                clearWay();
            }
            target.tree().in(above.place, directory -> directory.makeDirectory(place.name(), OWNER_ONLY));
            above.changed();
            changed = true;
            exists = true;
        }
        used = true;
    }

    private void clearWay() throws IOException {
        boolean isBeyond = above != null && above.choice.isBeyond(place.name());
        if (isBeyond || target.spec().overwrite() == RestoreSpec.Overwrite.NEVER) {
            throw new FileAlreadyExistsException(place.toString(), null, "exists and is no directory");
        }
        if (above != null) {
            target.tree().in(above.place, directory -> directory.remove(place.name()));
        }
    }

    /** Makes way for a file where a directory stands: it goes if nothing in it would be lost against the caller's wish. */
    void makeWay(Name name) throws IOException {
        if (target.has(Option.DELETE_EXTRA)) {
            ExtraFiles.delete(target, place, choice, name);
        } else {
            target.tree().in(place, directory -> directory.removeDirectory(name));
        }
    }

    /** Notes what is here and not in the snapshot. */
    void expect(Set<Name> names) {
        if (!names.containsAll(present)) {
            List<Name> rest = new ArrayList<>(present);
            rest.removeIf(names::contains);
            extra = rest;
        }
    }

    /** Comes last: takes away what does not belong here, and gives the directory its attributes. */
    void finish() throws IOException {
        for (Name name : extra) {
            boolean isLeftOver = Temporary.is(name);
            if (isLeftOver && !target.isDryRun()) {
                target.tree().in(place, directory -> directory.remove(name));
                changed = true;
            } else if (!isLeftOver && target.has(Option.DELETE_EXTRA)) {
                changed |= ExtraFiles.delete(target, place, choice, name);
            }
        }
        if (wanted != null && used && target.isDryRun()) {
            Metadata now = exists ? target.tree().at(place, TargetDirectory::stat) : null;
            target.attributes().foretell(now, wanted, place);
        } else if (wanted != null && used && exists) {
            target.tree().in(place, directory -> {
                if (!target.attributes().areSet(directory.stat(), wanted, place)) {
                    target.attributes().apply(directory, wanted, place);
                    changed = true;
                }
            });
        }
    }
}

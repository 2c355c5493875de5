package io.holdfast.vault.lock;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.model.DamagedException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks for locks that one attempt to lock would conflict with. A lock is never changed, so each is read once. */
final class Conflicts {

    private static final int READS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private final LockFiles files;
    private final Pace pace;
    private final boolean exclusive;
    private final Set<Handle> harmless = new HashSet<>();

    Conflicts(LockFiles files, Pace pace, boolean exclusive) {
        this.files = files;
        this.pace = pace;
        this.exclusive = exclusive;
    }

    /** The lock that is being taken. */
    void ignore(Handle own) {
        harmless.add(own);
    }

    boolean exist() throws IOException {
        return find().isPresent();
    }

    void refuse() throws IOException {
        Optional<LockFile> other = find();
        if (other.isPresent()) {
            throw new LockedException(
                    "Cannot work on the repository at %s: it is locked %s by %s. Nothing was changed. Wait for that process; if it is known to be dead, remove its lock with unlock."
                            .formatted(
                                    files.location(),
                                    other.get().exclusive() ? "exclusively" : "for shared use",
                                    other.get().describe(pace.now())));
        }
    }

    /** A lock that cannot be read may be only half there yet, so it is looked at again before it stands in the way. */
    private Optional<LockFile> find() throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int read = 1; ; read++) {
            try {
                return look();
            } catch (DamagedException e) {
                if (read == READS) {
                    throw new LockedException(
                            "Cannot work on the repository at %s: a lock cannot be read, so nobody knows who holds it (%s). Nothing was changed. If nothing else uses the repository, remove all locks with unlock --remove-all."
                                    .formatted(files.location(), e.getMessage()),
                            e);
                }
                pace.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private Optional<LockFile> look() throws BackendException, DamagedException {
        for (Handle handle : files.list()) {
            if (!harmless.contains(handle)) {
                Optional<LockFile> lock = files.read(handle);
                if (lock.isPresent() && lock.get().conflictsWith(exclusive)) {
                    return lock;
                }
                harmless.add(handle);
            }
        }
        return Optional.empty();
    }
}

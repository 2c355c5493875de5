package io.holdfast.vault.rewrite;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.lock.HeldLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Removes files under a lock, and goes on past those that the place does not let go. */
public final class Removal {

    /** A file that is still there, and why. */
    public record Stayed(Handle file, String why) {}

    private final Backend backend;
    private final HeldLock lock;
    private final List<Handle> removed = new ArrayList<>();
    private final List<Stayed> stayed = new ArrayList<>();

    public Removal(Backend backend, HeldLock lock) {
        this.backend = backend;
        this.lock = lock;
    }

    /** Removes a file; gives whether it has gone. Fails when the lock is lost or the place does not answer. */
    public boolean remove(Handle file) throws IOException {
        lock.verify();
        try {
            backend.delete(file);
            removed.add(file);
            return true;
        } catch (BackendException e) {
            if (e.kind() != BackendException.Kind.DENIED && e.kind() != BackendException.Kind.RETAINED) {
                throw e;
            }
            stayed.add(new Stayed(file, String.valueOf(e.getMessage())));
            return false;
        }
    }

    /** The lock under which files are removed. */
    public HeldLock lock() {
        return lock;
    }

    public List<Handle> removed() {
        return List.copyOf(removed);
    }

    public List<Stayed> stayed() {
        return List.copyOf(stayed);
    }
}

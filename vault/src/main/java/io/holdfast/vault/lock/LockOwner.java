package io.holdfast.vault.lock;

import io.holdfast.vault.repository.Self;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process a lock speaks for.
 *
 * @param pidNamespace where its number means something: the kernel's boot and the namespace of process numbers, equal for
 *     two processes only if they see each other; null where it is not known, as in every lock that restic writes
 */
public record LockOwner(
        String hostname,
        String username,
        long pid,
        long uid,
        long gid,
        @Nullable String pidNamespace) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** The kernel's fixed name for the namespace that no container is in. */
    private static final String OUTERMOST = "pid:[4026531836]";

    /** This process. */
    public static LockOwner self() {
        return new LockOwner(Self.HOSTNAME, Self.USERNAME, Self.PID, Self.UID, Self.GID, ownNamespace());
    }

    /** Whether this process numbers processes as its host does, so that a number from the same host means the same here. */
    boolean isOutsideContainers() {
        return pidNamespace == null || pidNamespace.endsWith(OUTERMOST);
    }

    private static @Nullable String ownNamespace() {
        try {
            return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return null;
        }
    }
}

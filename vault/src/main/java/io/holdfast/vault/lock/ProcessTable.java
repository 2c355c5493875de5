package io.holdfast.vault.lock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The processes that this one can see. */
public interface ProcessTable {

    ProcessTable SYSTEM = pid -> ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .map(process -> process.info().startInstant().orElse(Instant.MIN))
            .orElse(null);

    /** When the process with this number began, the earliest time if that is not told; null when there is none. */
    @Nullable
    Instant startOf(long pid);
}

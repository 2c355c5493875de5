package io.holdfast.vault.lock;

import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.repository.Self;
import java.time.Duration;
import java.time.Instant;

/** What a lock says about the process that holds it. */
public record LockFile(Instant time, boolean exclusive, String hostname, String username, long pid) {

    /** Clocks of file times and process starts differ by ticks. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    static LockFile own(boolean exclusive, Instant now) {
        return new LockFile(now, exclusive, Self.HOSTNAME, Self.USERNAME, Self.PID);
    }

    public byte[] write() {
        return new JsonText()
                .open('{')
                .field("time", time)
                .key("exclusive")
                .bool(exclusive)
                .field("hostname", hostname)
                .field("username", username)
                .field("pid", pid)
                .optional("uid", Self.UID)
                .optional("gid", Self.GID)
                .close('}')
                .utf8();
    }

    public static LockFile read(byte[] utf8) throws DamagedException {
        JsonObject json = JsonObject.parse(utf8, "the lock");
        return new LockFile(
                json.time("time"),
                json.bool("exclusive"),
                json.string("hostname", ""),
                json.string("username", ""),
                json.number("pid"));
    }

    boolean conflictsWith(boolean wantsExclusive) {
        return exclusive || wantsExclusive;
    }

    /**
     * Whether a process of this host and user wrote it that no longer runs. A process that started after the lock was
     * written has only inherited the number.
     */
    boolean isOfOwnDeadProcess() {
        return hostname.equals(Self.HOSTNAME)
                && username.equals(Self.USERNAME)
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().startInstant())
                        .map(started -> started.isAfter(time.plus(SLACK)))
                        .orElse(ProcessHandle.of(pid).isEmpty());
    }

    String describe(Instant now) {
        return "process %d of %s on host %s, %s old"
                .formatted(
                        pid,
                        username,
                        hostname,
                        Duration.between(time, now).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }
}

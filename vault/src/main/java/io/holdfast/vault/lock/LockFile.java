package io.holdfast.vault.lock;

import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.DamagedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a lock says.
 *
 * @param time when it was written; a living owner writes it anew every five minutes
 */
public record LockFile(Instant time, boolean exclusive, LockOwner owner) {

    /** {@code pid_namespace} is ours; restic passes over it. */
    public byte[] write() {
        String namespace = owner.pidNamespace();
        return new JsonText()
                .open('{')
                .field("time", time)
                .key("exclusive")
                .bool(exclusive)
                .field("hostname", owner.hostname())
                .field("username", owner.username())
                .field("pid", owner.pid())
                .optional("uid", owner.uid())
                .optional("gid", owner.gid())
                .optional("pid_namespace", namespace == null ? "" : namespace)
                .close('}')
                .utf8();
    }

    public static LockFile read(byte[] utf8) throws DamagedException {
        JsonObject json = JsonObject.parse(utf8, "the lock");
        String namespace = json.string("pid_namespace", "");
        return new LockFile(
                json.time("time"),
                json.bool("exclusive"),
                new LockOwner(
                        json.string("hostname", ""),
                        json.string("username", ""),
                        json.number("pid"),
                        json.number("uid"),
                        json.number("gid"),
                        namespace.isEmpty() ? null : namespace));
    }

    boolean conflictsWith(boolean wantsExclusive) {
        return exclusive || wantsExclusive;
    }

    /** For an operator: whose it is and how old. */
    public String describe(Instant now) {
        return "process %d of %s on host %s, %s old"
                .formatted(
                        owner.pid(),
                        owner.username(),
                        owner.hostname(),
                        Duration.between(time, now).truncatedTo(ChronoUnit.SECONDS));
    }
}

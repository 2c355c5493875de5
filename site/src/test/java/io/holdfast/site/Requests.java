package io.holdfast.site;

import io.holdfast.events.BackupId;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.BackupRequested;
import java.time.Duration;
import java.time.Instant;

/** Requests to keep in journals. */
final class Requests {

    static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");

    private Requests() {}

    static Journal.Entry entry(String id, int attempt) {
        return entry(id, attempt, AT);
    }

    static Journal.Entry entry(String id, int attempt, Instant acceptedAt) {
        var component = new ComponentId("shop", "db");
        var request = new BackupRequested(
                component,
                new BackupId(id),
                attempt,
                new RecoveryPointId("shop-1"),
                BackupKind.INCREMENTAL,
                null,
                AT,
                AT.plus(Duration.ofHours(12)),
                null);
        return new Journal.Entry(id, attempt, "shop-1", acceptedAt, request);
    }
}

package io.holdfast.console.api;

import io.holdfast.console.settings.ConsoleSettings;
import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.BackupsView.Listed;
import io.holdfast.console.view.RecoveryPoint;
import io.holdfast.events.BackupKind;
import io.holdfast.events.Identifiers;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks the scheduler for recovery points. */
final class BackupRequests {

    private static final String ACT = "backup";

    private final Backups backups;
    private final BackupsView view;
    private final Acts acts;
    private final Idempotency idempotency;
    private final ConsoleSettings settings;
    private final Clock clock;

    BackupRequests(
            Backups backups,
            BackupsView view,
            Acts acts,
            Idempotency idempotency,
            ConsoleSettings settings,
            Clock clock) {
        this.backups = backups;
        this.view = view;
        this.acts = acts;
        this.idempotency = idempotency;
        this.settings = settings;
        this.clock = clock;
    }

    /** Asks, unless it was asked before under the same key; returns the recovery point's id. */
    String ask(CreateBackup body, Caller caller, @Nullable String key) {
        if (key == null) {
            String token = Identifiers.derived(UUID.randomUUID().toString());
            Idempotency.Deed deed = deed(body, caller, token);
            deed.publish().run();
            return deed.id();
        }
        String token = Idempotency.token(ACT, caller, key);
        return idempotency.once(token, body, () -> earlier(token, body).orElseGet(() -> deed(body, caller, token)));
    }

    private Optional<Idempotency.Deed> earlier(String token, CreateBackup body) {
        Optional<RecoveryPoint> found = view.newest(point -> point.id().value().endsWith("-" + token), 1).stream()
                .map(Listed::point)
                .findFirst();
        found.ifPresent(point -> {
            BackupKind kind = point.kind();
            boolean otherKind = kind != null && kind != Checks.kind(body.kind());
            if (otherKind || !Objects.equals(point.name(), Checks.name(body.name()))) {
                throw Idempotency.usedOtherwise();
            }
        });
        return found.map(point -> new Idempotency.Deed(point.id().value(), () -> {}));
    }

    private Idempotency.Deed deed(CreateBackup body, Caller caller, String token) {
        String name = Checks.name(body.name());
        backups.requireNoId(name);
        BackupKind kind = Checks.kind(body.kind());
        Choice choice = Choice.of(
                Checks.filled("stack", body.stack()), Checks.collections(body.collections()), backups.planned());
        Instant now = clock.instant();
        var id = RecoveryPointId.onDemand(choice.stack(), now, token);
        var request = new RecoveryPointRequested(
                choice.stack(),
                id,
                choice.components(),
                kind,
                name,
                caller.name(),
                now.plus(settings.requestsExpireAfter()));
        return new Idempotency.Deed(
                id.value(), acts.act(caller, ACT, id.value(), null, Topics.requests(Topics.CENTRE), request, view::on));
    }
}

package io.holdfast.scheduler;

import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.BackupStarted;
import io.holdfast.events.BackupEvent.OfComponent;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.scheduler.BackupState.Asked;
import io.holdfast.scheduler.BackupState.Missing;
import io.holdfast.scheduler.BackupState.Taken;
import io.holdfast.scheduler.BackupState.ToAsk;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One component's part of an open recovery point.
 *
 * @param together whether it is captured together with the others of its site that are; null: it is not
 */
record ComponentBackup(
        ComponentId component,
        String site,
        BackupKind kind,
        BackupState state,
        @Nullable Boolean together) {

    /** @param retries how many failures are followed by another try */
    static ComponentBackup toAsk(PlannedComponent planned, BackupKind kind, int retries, Instant now) {
        return new ComponentBackup(
                planned.component(), planned.site(), kind, new ToAsk(0, retries, now), planned.together());
    }

    boolean inGroup() {
        return Boolean.TRUE.equals(together);
    }

    /**
     * A snapshot counts whichever attempt made it, because it is durable; of those that are captured together only the
     * present attempt's, because the others' are of another moment. A failure counts only if it is the present attempt's: an
     * older one was given up already.
     */
    ComponentBackup after(OfComponent event, Instant now, SchedulerSettings settings) {
        return switch (event) {
            case BackupAccepted _, BackupStarted _ -> renewed(now, settings);
            case SnapshotTaken taken -> taken(taken);
            case BackupFailed failed -> failed(failed.attempt(), now, settings);
            case BackupRefused refused -> isPresent(refused.attempt()) ? with(new Missing()) : this;
        };
    }

    /** The site is at it. To spare the store, a lease that would hardly change is left as it is. */
    ComponentBackup renewed(Instant now, SchedulerSettings settings) {
        if (!(state instanceof Asked asked)) {
            return this;
        }
        Instant end = now.plus(settings.lease());
        Duration gained = Duration.between(asked.leaseEnds(), end).abs();
        return gained.compareTo(settings.lease().dividedBy(4)) < 0
                ? this
                : with(new Asked(asked.attempt(), asked.retries(), end));
    }

    /** Every lease begins anew, as nothing could be heard of the site, and no pause lasts longer than it should. */
    ComponentBackup resumed(Instant now, SchedulerSettings settings) {
        return switch (state) {
            case Asked asked -> with(new Asked(asked.attempt(), asked.retries(), now.plus(settings.lease())));
            case ToAsk wait ->
                with(new ToAsk(
                        wait.attempts(), wait.retries(), Instants.earlier(wait.at(), now.plus(settings.retryAfter()))));
            case Taken _, Missing _ -> this;
        };
    }

    /** When the site is to be asked, or asked again; never once the backup has ended. */
    Instant askAt() {
        return switch (state) {
            case ToAsk wait -> wait.at();
            case Asked asked -> asked.leaseEnds();
            case Taken _, Missing _ -> Instant.MAX;
        };
    }

    /** Asked for once more, whatever became of it before. */
    ComponentBackup asked(int attempt, int retries, Instant now, SchedulerSettings settings) {
        return with(new Asked(attempt, retries, now.plus(settings.leaseOf(attempt))));
    }

    /** How many more failures are followed by another try; of one that has ended none is. */
    int retries() {
        Integer retries = switch (state) {
            case ToAsk wait -> wait.retries();
            case Asked asked -> asked.retries();
            case Taken _, Missing _ -> null;
        };
        return retries == null ? 0 : retries;
    }

    /** Whether the site is at it, as far as is known. */
    boolean isAsked() {
        return state instanceof Asked;
    }

    /** The number of the newest request; 0 before the first. */
    int attempt() {
        return switch (state) {
            case ToAsk wait -> wait.attempts();
            case Asked asked -> asked.attempt();
            case Taken _, Missing _ -> 0;
        };
    }

    boolean ended() {
        return switch (state) {
            case ToAsk _, Asked _ -> false;
            case Taken _, Missing _ -> true;
        };
    }

    Optional<RecoveredComponent> recovered() {
        return state instanceof Taken taken ? Optional.of(taken.recovered()) : Optional.empty();
    }

    private ComponentBackup taken(SnapshotTaken taken) {
        boolean counts = switch (state) {
            case ToAsk _, Asked _ -> !inGroup() || taken.attempt() == attempt();
            case Taken(RecoveredComponent known) -> taken.takenAt().isAfter(known.takenAt());
            case Missing _ -> true;
        };
        return counts
                ? with(new Taken(new RecoveredComponent(
                        component.component(),
                        taken.backup(),
                        taken.snapshot(),
                        taken.takenAt(),
                        taken.files(),
                        taken.bytes(),
                        taken.consistency())))
                : this;
    }

    private ComponentBackup failed(int attempt, Instant now, SchedulerSettings settings) {
        if (!(state instanceof Asked asked) || asked.attempt() != attempt) {
            return this;
        }
        return with(retries() > 0 ? new ToAsk(attempt, retries() - 1, now.plus(settings.retryAfter())) : new Missing());
    }

    private boolean isPresent(int attempt) {
        return state instanceof Asked asked && asked.attempt() == attempt;
    }

    private ComponentBackup with(BackupState next) {
        return new ComponentBackup(component, site, kind, next, together);
    }
}

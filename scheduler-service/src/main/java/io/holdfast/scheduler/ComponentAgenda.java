package io.holdfast.scheduler;

import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When one component is due. Nothing is made up on the strength of a plan alone: as long as neither a run nor the vault's
 * catalogue is known, only what falls due from now on is run.
 *
 * @param plan null while the plan does not have the component
 * @param revision the newest revision of the plan that spoke of it
 * @param catalogue null until the vault's catalogue has arrived
 * @param coveredTo every instant up to here is dealt with: asked for, or due by a schedule since replaced
 * @param next null when nothing will be due
 */
record ComponentAgenda(
        @Nullable PlannedComponent plan,
        long revision,
        @Nullable CataloguedVault catalogue,
        @Nullable Instant coveredTo,
        @Nullable Upcoming next) {

    static final ComponentAgenda UNKNOWN = new ComponentAgenda(null, 0, null, null, null);

    /** A run that starts later than this was missed, and a newer snapshot makes it needless. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** Further ahead of the clock than this, memory is the work of a clock that was wrong. */
    private static final Duration PLAUSIBLE_STEP = Duration.ofDays(1);

    ComponentAgenda planned(ComponentPlanned record, Instant now) {
        if (record.revision() < revision) {
            return this;
        }
        var planned = new PlannedComponent(record.component(), record.site(), record.schedules(), record.together());
        if (plan == null || !plan.site().equals(planned.site())) {
            Instant covered = plan == null ? coveredTo : null;
            return new ComponentAgenda(planned, record.revision(), catalogue, covered, null).armed(now);
        }
        boolean anew = isCapturedAnew(record);
        if (plan.equals(planned) && !anew) {
            return new ComponentAgenda(plan, record.revision(), catalogue, coveredTo, next);
        }
        Instant covered = coveredTo == null && !anew ? null : Instants.later(coveredTo, now);
        Upcoming waiting = isDue(now) ? next : anew ? Upcoming.atOnce(now) : null;
        return new ComponentAgenda(
                        planned,
                        record.revision(),
                        catalogue,
                        covered,
                        planned.runs().never() ? null : waiting)
                .armed(now);
    }

    /** Whether nothing can hold what the component captures by this record; where a run or a catalogue is known at all. */
    private boolean isCapturedAnew(ComponentPlanned record) {
        Long since = record.sourceRevision();
        return since != null && since > revision && (coveredTo != null || vault().isPresent());
    }

    ComponentAgenda retired(long byRevision) {
        return byRevision < revision ? this : new ComponentAgenda(null, byRevision, catalogue, coveredTo, null);
    }

    ComponentAgenda catalogued(ComponentCatalogued record, Instant now) {
        var read = CataloguedVault.of(record, now);
        var informed = new ComponentAgenda(plan, revision, read, coveredTo, next);
        return coveredTo == null && !read.equals(catalogue)
                ? informed.upcoming(null).armed(now)
                : informed;
    }

    /** A run was asked for, or found needless. */
    ComponentAgenda ran(Instant due, Instant now) {
        return new ComponentAgenda(plan, revision, catalogue, Instants.later(coveredTo, due), null).armed(now);
    }

    /** Time went on without the scheduler, or backwards: what it remembers from an impossible future is let go. */
    ComponentAgenda resumed(Instant now) {
        Instant covered = coveredTo == null || isPlausible(coveredTo, now) ? coveredTo : now;
        Upcoming waiting = isDue(now) ? next : null;
        return new ComponentAgenda(plan, revision, catalogue, covered, waiting).armed(now);
    }

    /** Whether it is captured together with others of its stack. */
    boolean inGroup() {
        return plan != null && plan.inGroup();
    }

    boolean isDue(Instant now) {
        return next != null && !next.due().isAfter(now);
    }

    /** Whether its run not only is due but, jitter included, begins. */
    boolean begins(Instant now) {
        return next != null && !next.start().isAfter(now);
    }

    /** The one run that stands for everything due until now; empty when nothing is. */
    Optional<DueRun> due(Instant now) {
        if (plan == null || next == null || next.due().isAfter(now)) {
            return Optional.empty();
        }
        var runs = plan.runs();
        return Optional.of(new DueRun(
                next.first() ? now.truncatedTo(ChronoUnit.SECONDS) : runs.newestFrom(next.due(), now),
                next.first() ? runs.kindSince(now, now) : runs.kindSince(next.due(), now)));
    }

    /** Whether a run was missed and the vault holds something newer anyway. */
    boolean holdsNewer(DueRun run, Instant now) {
        return next != null
                && next.start().plus(LATE).isBefore(now)
                && vault().map(CataloguedVault::newest)
                        .filter(newest -> !newest.isBefore(run.due()))
                        .isPresent();
    }

    private ComponentAgenda upcoming(@Nullable Upcoming upcoming) {
        return new ComponentAgenda(plan, revision, catalogue, coveredTo, upcoming);
    }

    private ComponentAgenda armed(Instant now) {
        return plan == null || next != null ? this : upcoming(nextOf(plan.runs(), now));
    }

    private @Nullable Upcoming nextOf(Runs runs, Instant now) {
        Instant last = lastRun(now);
        if (last == null && vault().isPresent() && !runs.never()) {
            return Upcoming.atOnce(now);
        }
        return runs.nextAfter(last == null ? now : last).orElse(null);
    }

    private @Nullable Instant lastRun(Instant now) {
        Instant catalogued = vault().map(CataloguedVault::newest)
                .filter(newest -> isPlausible(newest, now))
                .orElse(null);
        return catalogued == null ? coveredTo : Instants.later(coveredTo, catalogued);
    }

    private static boolean isPlausible(Instant remembered, Instant now) {
        return !remembered.isAfter(now.plus(PLAUSIBLE_STEP));
    }

    /** The catalogue, if it speaks of the vault at the component's present site. */
    private Optional<CataloguedVault> vault() {
        return Optional.ofNullable(catalogue)
                .filter(vault -> plan != null && vault.site().equals(plan.site()));
    }
}

package io.holdfast.restore;

import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent;
import io.holdfast.events.RestoreEvent.ComponentRestored;
import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.RestoreEvent.RestoreFailed;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.RestoreRefused;
import io.holdfast.events.RestoreEvent.SafetySnapshotTaken;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.HalfRestored;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.JournalWorker;
import io.holdfast.site.OperatorText;
import io.holdfast.site.SitePlan;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.VaultFiles;
import io.holdfast.sources.quiesce.Bracket;
import io.holdfast.sources.quiesce.Brackets;
import io.holdfast.sources.quiesce.ToRest;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One restore from the request to the announced outcome: choose, plan, keep the present state, put back. Repeatable:
 * after a crash the same snapshots are put back over whatever is there, and the state kept before stays the first one.
 */
final class CarryOutRestore implements JournalWorker.Task {

    private static final List<Class<? extends RestoreEvent>> OUTCOMES =
            List.of(RestoreCompleted.class, RestoreFailed.class, RestoreRefused.class);

    private static final Logger log = LoggerFactory.getLogger(CarryOutRestore.class);

    private final SitePlan plan;
    private final RestorePlace place;
    private final Sources sources;
    private final Brackets brackets;
    private final SafetySnapshot safety;
    private final RestoreTurns turns;
    private final HalfRestored halfRestored;
    private final Journal journal;
    private final String site;
    private final Announcer announcer;
    private final Clock clock;

    CarryOutRestore(
            SitePlan plan,
            RestorePlace place,
            Sources sources,
            Brackets brackets,
            SafetySnapshot safety,
            RestoreTurns turns,
            HalfRestored halfRestored,
            Journal journal,
            String site,
            Announcer announcer,
            Clock clock) {
        this.plan = plan;
        this.place = place;
        this.sources = sources;
        this.brackets = brackets;
        this.safety = safety;
        this.turns = turns;
        this.halfRestored = halfRestored;
        this.journal = journal;
        this.site = site;
        this.announcer = announcer;
        this.clock = clock;
    }

    @Override
    public void carryOut(Journal.Entry entry) throws IOException, InterruptedException, InUse {
        Optional<RestoreEvent> known = outcome(entry);
        if (known.isPresent()) {
            announce(entry, known.get());
        } else {
            var request = (RestoreRequested) entry.request();
            RestoreEvent outcome = carriedOut(request, entry);
            halfRestored.gaveUp(request.restore());
            journal.note(entry, outcome);
            announce(entry, outcome);
        }
    }

    private RestoreEvent carriedOut(RestoreRequested request, Journal.Entry entry)
            throws IOException, InterruptedException, InUse {
        var run = new Run(request, entry, journal.noted(entry, RestorePlanned.class));
        try {
            return place.read(request.stack(), request.fromRegion(), run::through);
        } catch (RestoreRefusal e) {
            return run.refused(e);
        } catch (SourceException e) {
            return run.failed(e.code(), e);
        } catch (VaultException e) {
            if (e.code() == VaultException.Code.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            return run.failed(e.code().text(), e);
        } catch (IOException e) {
            return run.failed("HF-R06", e);
        } catch (BrokerUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("{} failed in a way that was not foreseen", request.restore(), e);
            return run.failed("HF-R11", unforeseen(request, e));
        }
    }

    /** What a run before a crash came to: it is told, and nothing is put back again over what was done since. */
    private Optional<RestoreEvent> outcome(Journal.Entry entry) throws IOException {
        for (Class<? extends RestoreEvent> type : OUTCOMES) {
            Optional<? extends RestoreEvent> noted = journal.noted(entry, type);
            if (noted.isPresent()) {
                return Optional.of(noted.get());
            }
        }
        return Optional.empty();
    }

    private static IOException unforeseen(RestoreRequested request, RuntimeException e) {
        return new IOException(
                "HF-R11 Cannot carry out %s: %s. The log of the restore service tells more."
                        .formatted(request.restore(), e.getMessage()),
                e);
    }

    private void announce(Journal.Entry entry, RestoreEvent event) {
        announcer.announce(event, entry.correlation());
    }

    /** One pass through the steps, and how far it came. */
    private final class Run {

        private final RestoreRequested request;
        private final Journal.Entry entry;
        private final List<String> restored = new ArrayList<>();
        private final Optional<RestorePlanned> begun;
        private @Nullable String current;
        private @Nullable SnapshotRef before;
        private boolean touching;

        /**
         * Creates a pass.
         *
         * @param begun what an earlier pass, which was cut off, had set out to do
         */
        Run(RestoreRequested request, Journal.Entry entry, Optional<RestorePlanned> begun) {
            this.request = request;
            this.entry = entry;
            this.begun = begun;
        }

        RestoreCompleted through(Vault vault) throws IOException, RestoreRefusal, InterruptedException, InUse {
            RestorePlan steps = RestorePlan.of(request, chosen(Held.of(vault.snapshots())), plan, sources);
            try (var _ = turns.take(request, steps, entry)) {
                return through(vault, steps);
            }
        }

        private RestoreCompleted through(Vault vault, RestorePlan steps) throws IOException, InterruptedException {
            var planned = new RestorePlanned(
                    request.restore(),
                    request.stack(),
                    site,
                    vault.location(),
                    steps.steps().stream()
                            .map(RestorePlan.ComponentStep::announced)
                            .toList());
            journal.note(entry, planned);
            announce(entry, planned);
            for (RestorePlan.ComponentStep step : steps.steps()) {
                current = step.component().component();
                before = null;
                var files = new VaultFiles(
                        vault,
                        step.held().snapshot().id(),
                        "/" + step.component(),
                        step.held().isSalvaged(),
                        new RestoreProgress(announcer, request, step.component()));
                step.wayBack().prepare(files);
                keepPresentState(step);
                putBack(files, step);
                touching = false;
                restored.add(step.component().component());
            }
            current = null;
            return new RestoreCompleted(
                    request.restore(),
                    request.stack(),
                    restored,
                    Duration.between(entry.acceptedAt(), clock.instant()));
        }

        /** A repeated pass goes on with the snapshots of the first, whatever was taken since. */
        private List<Held> chosen(List<Held> held) throws IOException, RestoreRefusal {
            if (begun.isEmpty()) {
                return new Selection(request.which(), request.at(), request.components(), entry.acceptedAt())
                        .from(held);
            }
            return Selection.again(begun.get().steps(), held);
        }

        private boolean inPlace() {
            return request.elsewhere().isEmpty();
        }

        private void keepPresentState(RestorePlan.ComponentStep step) throws IOException {
            if (!inPlace()) {
                return;
            }
            Optional<Snapshot> taken = safety.take(request.restore(), step.component(), step.source());
            before = taken.map(snapshot -> new SnapshotRef(snapshot.id().toString()))
                    .orElse(null);
            if (before != null) {
                announce(
                        entry,
                        new SafetySnapshotTaken(
                                request.restore(),
                                request.stack(),
                                step.component().component(),
                                before));
            }
        }

        private void putBack(SnapshotFiles files, RestorePlan.ComponentStep step)
                throws IOException, InterruptedException {
            Bracket bracket = brackets.open(ToRest.forRestore(
                    step.component().toString(), step.quiesce(), step.wayBack().containers()));
            touching = true;
            if (inPlace()) {
                before = halfRestored
                        .begin(step.component(), request.restore(), before)
                        .before();
            }
            // Not closed whatever happens: what is half restored is not started.
            Restored put = step.wayBack().put(files);
            bracket.close();
            step.wayBack().finish(files);
            step.wayBack().validate(files);
            if (inPlace()) {
                halfRestored.done(step.component());
            }
            announce(
                    entry,
                    new ComponentRestored(
                            request.restore(),
                            request.stack(),
                            step.component().component(),
                            new SnapshotRef(step.held().snapshot().id().toString()),
                            put.written(),
                            put.unchanged(),
                            put.deleted(),
                            put.bytes()));
        }

        /** A refusal says that nothing was touched; a try that was cut off before makes a failure of it. */
        RestoreEvent refused(RestoreRefusal e) throws InterruptedException {
            return begun.isPresent()
                    ? failed(e.code(), e)
                    : new RestoreRefused(
                            request.restore(), request.stack(), site, e.code(), OperatorText.of(e.code(), e));
        }

        RestoreFailed failed(String code, Exception e) throws InterruptedException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("stopped while restoring " + request.restore());
            }
            return new RestoreFailed(
                    request.restore(),
                    request.stack(),
                    List.copyOf(restored),
                    current,
                    code,
                    OperatorText.of(code, e) + " " + whatIsSafe());
        }

        private String whatIsSafe() {
            if (touching && request.elsewhere().isPresent()) {
                return "The component itself was not touched; what lies in %s may be a part of it."
                        .formatted(request.elsewhere().get());
            }
            if (touching) {
                return "The component %s may be half restored; do not use it. Nothing backs it up before a restore of it has completed.%s"
                        .formatted(current, wayBack());
            }
            if (begun.isPresent()) {
                return "This try touched nothing more. " + RestoreTurns.CUT_OFF;
            }
            return restored.isEmpty() ? "Nothing was touched." : "Nothing but what is listed as restored was touched.";
        }

        private String wayBack() {
            return before == null
                    ? ""
                    : " The state before it is kept; put it back with: holdfast restore %s --reason \"undo\""
                            .formatted(before.shortForm());
        }
    }
}

package io.holdfast.restore;

import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent;
import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.RestoreEvent.RestoreFailed;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.RestoreRefused;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.JournalWorker;
import io.holdfast.site.OperatorText;
import io.holdfast.site.SitePlan;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
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
    private final RestoreTools tools;
    private final RestoreTurns turns;
    private final Journal journal;
    private final String site;
    private final Clock clock;

    CarryOutRestore(
            SitePlan plan,
            RestorePlace place,
            RestoreTools tools,
            RestoreTurns turns,
            Journal journal,
            String site,
            Clock clock) {
        this.plan = plan;
        this.place = place;
        this.tools = tools;
        this.turns = turns;
        this.journal = journal;
        this.site = site;
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
            tools.restoreMarks().gaveUp(request.restore());
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
        } catch (RuntimeException | LinkageError e) {
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

    private static IOException unforeseen(RestoreRequested request, Throwable e) {
        return new IOException(
                "HF-R11 Cannot carry out %s: %s. The log of the restore service tells more."
                        .formatted(request.restore(), e.getMessage()),
                e);
    }

    private void announce(Journal.Entry entry, RestoreEvent event) {
        tools.announcer().announce(event, entry.correlation());
    }

    /** One pass through the steps, and how far it came. */
    private final class Run {

        private final RestoreRequested request;
        private final Journal.Entry entry;
        private final List<String> restored = new ArrayList<>();
        private final Optional<RestorePlanned> begun;
        private final Selection asked;
        private @Nullable ComponentRestore current;

        /**
         * Creates a pass.
         *
         * @param begun what an earlier pass, which was cut off, had set out to do
         */
        Run(RestoreRequested request, Journal.Entry entry, Optional<RestorePlanned> begun) {
            this.request = request;
            this.entry = entry;
            this.begun = begun;
            asked = new Selection(request.which(), request.at(), request.components(), entry.acceptedAt());
        }

        RestoreCompleted through(Vault vault) throws IOException, RestoreRefusal, InterruptedException, InUse {
            List<Held> held = Held.of(vault.snapshots());
            List<Held> chosen = chosen(held);
            RestorePlan steps = RestorePlan.of(request, chosen, plan, tools.sources(), tools.keepOut());
            try (var _ = turns.take(request, steps, entry)) {
                Optional<String> lacks = new Lacks(plan).of(asked, request.stack(), chosen, held, vault);
                return through(vault, steps, lacks);
            }
        }

        private RestoreCompleted through(Vault vault, RestorePlan steps, Optional<String> lacks)
                throws IOException, InterruptedException {
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
                current = new ComponentRestore(tools, request, step, entry.correlation());
                current.from(vault);
                restored.add(current.name());
            }
            current = null;
            return new RestoreCompleted(
                    request.restore(),
                    request.stack(),
                    restored,
                    Duration.between(entry.acceptedAt(), clock.instant()),
                    lacks.orElse(null));
        }

        /** A repeated pass goes on with the snapshots of the first, whatever was taken since. */
        private List<Held> chosen(List<Held> held) throws IOException, RestoreRefusal {
            if (begun.isPresent()) {
                return Selection.again(begun.get().steps(), held);
            }
            List<Held> all = asked.from(held);
            boolean goTogether = request.targetDirectory() != null && !asked.isNewest();
            return goTogether
                    ? all
                    : asked.planned(all, component -> plan.component(component).isPresent());
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
                    current == null ? null : current.name(),
                    code,
                    withWhatIsSafe(OperatorText.of(code, e)));
        }

        private String withWhatIsSafe(String told) {
            String safe = whatIsSafe();
            return told.contains(safe) ? told : told + " " + safe;
        }

        private String whatIsSafe() {
            Optional<String> left = Optional.ofNullable(current).flatMap(ComponentRestore::left);
            if (left.isPresent()) {
                return left.get();
            }
            if (begun.isPresent()) {
                return "This try touched nothing more. " + RestoreTurns.CUT_OFF;
            }
            return restored.isEmpty() ? "Nothing was touched." : "Nothing but what is listed as restored was touched.";
        }
    }
}

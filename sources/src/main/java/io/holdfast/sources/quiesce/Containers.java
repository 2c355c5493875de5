package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.ContainerEngine.Found;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.sources.quiesce.Resting.OfContainer;
import io.holdfast.sources.quiesce.Resting.Rest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers of a Docker engine. The beginning of its run tells whether a container is still as it was left: pausing and
 * stopping do not change it, starting does. An engine that is restarted ends what is paused, so that is started then.
 *
 * <p>What an engine says of a pause may be out of date: it is told of each by an event, and of one that is told late it says
 * again what was true before.
 */
final class Containers implements Keeper<OfContainer> {

    private static final Logger log = LoggerFactory.getLogger(Containers.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration BUSY = Duration.ofSeconds(5);

    private final ContainerEngine engine;
    private final Predicate<String> isThisProcess;
    private final Duration late;

    /**
     * Creates a keeper.
     *
     * @param isThisProcess whether this process runs in the container of an id
     * @param late how long after a pause an engine may still say that there is none
     */
    Containers(ContainerEngine engine, Predicate<String> isThisProcess, Duration late) {
        this.engine = engine;
        this.isThisProcess = isThisProcess;
        this.late = late;
    }

    /** See {@link ContainerEngine#chosen}. */
    List<String> chosen(String inPlan) throws IOException {
        return engine.chosen(inPlan);
    }

    @Override
    public OfContainer look(String name, Purpose purpose) throws IOException {
        Found found = engine.find(name)
                .orElseThrow(() -> new SourceException(
                        "HF-Q20",
                        "There is no container '%s'. Nothing was touched. Correct its name in the plan, or start its stack: it may have been renamed or removed."
                                .formatted(name)));
        refuseUnfit(found, purpose);
        Rest rest = switch (found.state()) {
            case RUNNING, RESTARTING -> purpose.ofContainers();
            case PAUSED, OFF, GOING -> Rest.NONE;
        };
        return new OfContainer(found.id(), found.name(), found.startedAt(), found.state() == State.PAUSED, rest);
    }

    private void refuseUnfit(Found found, Purpose purpose) throws SourceException {
        switch (found.state()) {
            case GOING -> throw unfit(found, "it is being removed, or is broken", "Look at it with docker inspect.");
            case RESTARTING -> {
                if (!purpose.isRestore()) {
                    throw unfit(found, "it keeps restarting", "Look at its log and mend it, then back it up again.");
                }
            }
            case RUNNING -> {
                if (found.unhealthy() && !purpose.isRestore()) {
                    throw unfit(found, "its health check fails", "Look at its log and mend it, then back it up again.");
                }
            }
            case PAUSED, OFF -> {}
        }
        if (found.state() != State.OFF && isThisProcess.test(found.id())) {
            throw unfit(
                    found,
                    "Holdfast itself runs in it, and could never bring it back",
                    "Take it out of the plan, or capture it with quiesce: none.");
        }
        if (found.state() == State.RUNNING && purpose.ofContainers() == Rest.STOP && found.goesWhenStopped()) {
            throw unfit(
                    found,
                    "the engine removes it when it stops",
                    "Run it without --rm, or let it be paused for the capture.");
        }
    }

    private static SourceException unfit(Found found, String why, String remedy) {
        return new SourceException(
                "HF-Q21",
                "Container %s cannot be brought to rest: %s. Nothing was touched. %s"
                        .formatted(found.name(), why, remedy));
    }

    @Override
    public String handle(OfContainer container) {
        return container.id();
    }

    @Override
    public void rest(OfContainer container) throws IOException {
        switch (container.rest()) {
            case NONE -> {}
            case PAUSE -> pause(container);
            case STOP -> {
                try {
                    engine.stop(container.id());
                } catch (IOException e) {
                    requireRest(container, e);
                }
            }
        }
    }

    /**
     * Some runtimes try to freeze for a while and let all go on again then: the next try may meet it less busy. An engine that
     * takes its time to fail is not asked again: what rests already waits for this.
     */
    private void pause(OfContainer container) throws IOException {
        long deadline = System.nanoTime() + BUSY.toNanos();
        while (true) {
            try {
                engine.pause(container.id());
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !runsOn(container)) {
                    requireRest(container, e);
                    return;
                }
                log.debug("{} could not be paused, which is tried again: {}", container.title(), e.getMessage());
            }
            await();
        }
    }

    /** What another bracket has just brought to rest is no failure. */
    private void requireRest(OfContainer container, IOException failure) throws IOException {
        State state = engine.find(container.id()).orElseThrow(() -> failure).state();
        boolean rests = state == State.OFF || (state == State.PAUSED && container.rest() == Rest.PAUSE);
        if (!rests) {
            throw failure;
        }
    }

    /** See {@link Keepers#awaitStop}. */
    void awaitStop(OfContainer container, long since) throws IOException, InterruptedException {
        if (container.rest() == Rest.STOP) {
            long limit = engine.stopsWithin(container.id()).toNanos();
            while (runsOn(container) && System.nanoTime() - since < limit) {
                Thread.sleep(LOOK);
            }
        }
    }

    private boolean runsOn(OfContainer container) throws IOException {
        return engine.find(container.id())
                .filter(found ->
                        found.state() == State.RUNNING && Objects.equals(found.startedAt(), container.startedAt()))
                .isPresent();
    }

    @Override
    public Optional<String> bringBack(OfContainer container, boolean touch) throws IOException {
        Optional<Found> found = found(container, touch);
        if (found.isEmpty()) {
            return Optional.of("%s was removed meanwhile".formatted(container.title()));
        }
        State state = found.get().state();
        if (!Objects.equals(found.get().startedAt(), container.startedAt())) {
            return Optional.of("%s was started by somebody else meanwhile".formatted(container.title()));
        }
        return switch (container.rest()) {
            case NONE -> stayed(container, state);
            case PAUSE -> bringBackPaused(container, touch ? settled(container, state) : state, touch);
            case STOP -> bringBackStopped(container, state, touch);
        };
    }

    private Optional<Found> found(OfContainer container, boolean touch) throws IOException {
        try {
            return engine.find(container.id());
        } catch (IOException e) {
            if (touch && container.rest() == Rest.PAUSE && engine.thaw(container.id())) {
                log.warn("{} was thawed past the engine, which did not answer: {}", container.title(), e.getMessage());
                return engine.find(container.id());
            }
            throw e;
        }
    }

    private static Optional<String> stayed(OfContainer container, State state) {
        boolean stayed = state == (container.paused() ? State.PAUSED : State.OFF);
        return stayed
                ? Optional.empty()
                : Optional.of("%s was switched by somebody else meanwhile".formatted(container.title()));
    }

    /** What is said of a container that was paused, once that is not out of date any more. */
    private State settled(OfContainer container, State said) throws IOException {
        State state = said;
        long deadline = System.nanoTime() + late.toNanos();
        while (state == State.RUNNING && System.nanoTime() < deadline) {
            await();
            state = engine.find(container.id())
                    .filter(found -> Objects.equals(found.startedAt(), container.startedAt()))
                    .map(Found::state)
                    .orElse(State.RUNNING);
        }
        return state;
    }

    private static void await() throws IOException {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private Optional<String> bringBackPaused(OfContainer container, State state, boolean touch) throws IOException {
        return switch (state) {
            case PAUSED -> {
                if (touch) {
                    engine.unpause(container.id());
                }
                yield Optional.empty();
            }
            case OFF -> {
                if (touch) {
                    engine.start(container.id());
                }
                yield Optional.of("%s ended while it was paused, as when its engine is restarted, and was started again"
                        .formatted(container.title()));
            }
            case RUNNING, RESTARTING, GOING -> Optional.of(wentOn(container));
        };
    }

    private Optional<String> bringBackStopped(OfContainer container, State state, boolean touch) throws IOException {
        return switch (state) {
            case OFF -> {
                if (touch) {
                    engine.start(container.id());
                }
                yield Optional.empty();
            }
            case PAUSED -> {
                if (touch) {
                    engine.unpause(container.id());
                }
                yield Optional.of("%s was paused and not stopped".formatted(container.title()));
            }
            case RUNNING, RESTARTING, GOING -> Optional.of(wentOn(container));
        };
    }

    private static String wentOn(OfContainer container) {
        return "%s went on before its time".formatted(container.title());
    }
}

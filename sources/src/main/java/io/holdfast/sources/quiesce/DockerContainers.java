package io.holdfast.sources.quiesce;

import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.Container.Health;
import io.holdfast.sources.engine.ContainerId;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.engine.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The containers of a real engine. */
record DockerContainers(DockerEngine engine, Freezer freezer) implements ContainerEngine {

    /** What an engine takes after the grace. */
    private static final Duration KILLING = Duration.ofSeconds(3);

    @Override
    public Optional<Found> find(String nameOrId) throws IOException {
        return engine.container(nameOrId)
                .map(container -> new Found(
                        container.id().hex(),
                        container.name(),
                        state(container.state()),
                        container.health() == Health.UNHEALTHY,
                        container.startedAt() == null
                                ? null
                                : container.startedAt().toString(),
                        container.autoRemove()));
    }

    /** One that matches none stays as it is, to be told as missing. */
    @Override
    public List<String> chosen(String inPlan) throws IOException {
        List<String> names = engine.named(inPlan).stream().map(Container::name).toList();
        return names.isEmpty() ? List.of(inPlan) : names;
    }

    private static State state(Container.State state) {
        return switch (state) {
            case RUNNING -> State.RUNNING;
            case PAUSED -> State.PAUSED;
            case CREATED, EXITED -> State.OFF;
            case RESTARTING -> State.RESTARTING;
            case DEAD, REMOVING -> State.GOING;
        };
    }

    @Override
    public void pause(String id) throws IOException {
        engine.pause(new ContainerId(id));
    }

    /** What was thawed past the engine cannot be unpaused by it. */
    @Override
    public void unpause(String id) throws IOException {
        try {
            engine.unpause(new ContainerId(id));
        } catch (EngineException e) {
            if (!String.valueOf(e.getMessage()).contains("not paused") || !freezer.freeze(id)) {
                throw e;
            }
            unpauseFrozen(id);
        }
    }

    /** Whatever comes of it, nothing stays frozen that the engine did not freeze. */
    private void unpauseFrozen(String id) throws IOException {
        try {
            engine.unpause(new ContainerId(id));
        } catch (IOException e) {
            freezer.thaw(id);
            throw e;
        }
    }

    @Override
    public boolean thaw(String id) throws IOException {
        return freezer.thaw(id);
    }

    @Override
    public void stop(String id) throws IOException {
        engine.stop(new ContainerId(id));
    }

    @Override
    public Duration stopsWithin(String id) throws IOException {
        return engine.container(new ContainerId(id))
                .map(container -> container.stopGrace().plus(KILLING))
                .orElse(Duration.ZERO);
    }

    @Override
    public void start(String id) throws IOException {
        engine.start(new ContainerId(id));
    }
}

package io.holdfast.sources.engine;

import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.holdfast.sources.engine.EngineException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Containers of an engine; as {@link DockerEngine} says of each. */
final class ContainerCalls {

    private final EngineCalls calls;

    ContainerCalls(EngineCalls calls) {
        this.calls = calls;
    }

    List<Container> named(String named) throws EngineException {
        Optional<ByLabel> chosen = ByLabel.of(named);
        if (chosen.isPresent()) {
            return containers(chosen.get().labels().toArray(String[]::new)).stream()
                    .filter(container ->
                            container.label(DockerEngine.HELPER_LABEL).isEmpty())
                    .toList();
        }
        Failures.checking(() -> Names.name("container", named));
        return EngineCalls.ifThere(Reason.NO_SUCH_CONTAINER, () -> inspect(named))
                .filter(found -> found.name().equals(named) || found.id().hex().equals(named))
                .stream()
                .toList();
    }

    List<Container> containers(String... labels) throws EngineException {
        return listed(list -> labels.length == 0 ? list : list.withLabelFilter(List.of(labels)));
    }

    List<Container> containersOf(String volume) throws EngineException {
        Failures.checking(() -> Names.name("volume", volume));
        return listed(list -> list.withVolumeFilter(List.of(volume)));
    }

    private List<Container> listed(UnaryOperator<ListContainersCmd> which) throws EngineException {
        var found = calls.call(
                "list containers",
                Reason.SERVER_ERROR,
                client -> which.apply(client.listContainersCmd().withShowAll(true))
                        .exec());
        List<Container> containers = new ArrayList<>();
        for (var each : found) {
            EngineCalls.ifThere(Reason.NO_SUCH_CONTAINER, () -> inspect(each.getId()))
                    .ifPresent(containers::add);
        }
        containers.sort((a, b) -> a.name().compareTo(b.name()));
        return containers;
    }

    Container inspect(String nameOrId) throws EngineException {
        return calls.call(
                "look at container " + nameOrId,
                Reason.NO_SUCH_CONTAINER,
                client -> Inspection.container(
                        client.inspectContainerCmd(nameOrId).exec()));
    }

    void pause(ContainerId id) throws EngineException {
        calls.call(
                "pause container " + id,
                Reason.NO_SUCH_CONTAINER,
                client -> client.pauseContainerCmd(id.hex()).exec());
    }

    void unpause(ContainerId id) throws EngineException {
        calls.call(
                "unpause container " + id,
                Reason.NO_SUCH_CONTAINER,
                client -> client.unpauseContainerCmd(id.hex()).exec());
    }

    void stop(ContainerId id, Duration limit, @Nullable Integer grace) throws EngineException {
        calls.call("stop container " + id, Reason.NO_SUCH_CONTAINER, limit, client -> {
            try {
                var stop = client.stopContainerCmd(id.hex());
                (grace == null ? stop : stop.withTimeout(grace)).exec();
                return true;
            } catch (NotModifiedException _) {
                return false;
            }
        });
    }

    void start(ContainerId id) throws EngineException {
        calls.call("start container " + id, Reason.NO_SUCH_CONTAINER, client -> {
            try {
                client.startContainerCmd(id.hex()).exec();
                return true;
            } catch (NotModifiedException _) {
                return false;
            }
        });
    }

    int waitFor(ContainerId id, Duration limit) throws EngineException {
        String what = "wait for the end of container " + id;
        long deadline = System.nanoTime() + limit.toNanos();
        for (Duration pause = Duration.ofMillis(20); ; pause = ExecCalls.longer(pause)) {
            Container container = inspect(id.hex());
            switch (container.state()) {
                case CREATED, EXITED, DEAD -> {
                    return container.exitCode();
                }
                case RUNNING, PAUSED, RESTARTING, REMOVING -> {
                    if (System.nanoTime() > deadline) {
                        throw calls.failures().conflict(what, "it still runs after %d s".formatted(limit.toSeconds()));
                    }
                }
            }
            ExecCalls.pause(what, pause);
        }
    }
}

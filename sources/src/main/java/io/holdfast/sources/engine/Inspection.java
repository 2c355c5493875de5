package io.holdfast.sources.engine;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import io.holdfast.sources.engine.Container.Health;
import io.holdfast.sources.engine.Container.RestartPolicy;
import io.holdfast.sources.engine.Container.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine's answers as records. */
final class Inspection {

    private Inspection() {}

    static Container container(InspectContainerResponse answer) throws IOException {
        ContainerState state = required(answer.getState(), "State");
        ContainerConfig config = required(answer.getConfig(), "Config");
        return new Container(
                new ContainerId(required(answer.getId(), "Id")),
                required(answer.getName(), "Name").replaceFirst("^/", ""),
                orEmpty(config.getImage()),
                orEmpty(answer.getImageId()),
                orNone(config.getLabels()),
                state(required(state.getStatus(), "State.Status")),
                health(state.getHealth()),
                time(state.getStartedAt()),
                time(state.getFinishedAt()),
                Objects.requireNonNullElse(state.getExitCodeLong(), 0L).intValue(),
                orEmpty(config.getUser()),
                restartPolicy(answer),
                answer.getHostConfig() != null
                        && Boolean.TRUE.equals(answer.getHostConfig().getAutoRemove()),
                stopGrace(config),
                mounts(answer.getMounts()),
                environment(config.getEnv()),
                addresses(answer));
    }

    static Volume volume(InspectVolumeResponse answer) throws IOException {
        return new Volume(
                required(answer.getName(), "Name"),
                orEmpty(answer.getDriver()),
                orEmpty(answer.getMountpoint()),
                orNone(answer.getLabels()),
                orNone(answer.getOptions()));
    }

    private static State state(String status) throws IOException {
        return switch (status) {
            case "created" -> State.CREATED;
            case "running" -> State.RUNNING;
            case "paused" -> State.PAUSED;
            case "restarting" -> State.RESTARTING;
            case "exited" -> State.EXITED;
            case "dead" -> State.DEAD;
            case "removing" -> State.REMOVING;
            default -> throw new MalformedAnswer("a container is '%s'".formatted(Printable.of(status)));
        };
    }

    private static Health health(@Nullable HealthState health) {
        return switch (health == null ? "" : orEmpty(health.getStatus())) {
            case "starting" -> Health.STARTING;
            case "healthy" -> Health.HEALTHY;
            case "unhealthy" -> Health.UNHEALTHY;
            default -> Health.NONE;
        };
    }

    /** The engine says year 1 for never. */
    private static @Nullable Instant time(@Nullable String text) {
        try {
            Instant time = Instant.parse(orEmpty(text));
            return time.getEpochSecond() > 0 ? time : null;
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    /** Docker's own default where nothing is set. */
    private static Duration stopGrace(ContainerConfig config) {
        Object seconds = config.getRawValues().get("StopTimeout");
        return seconds instanceof Number number ? Duration.ofSeconds(number.longValue()) : Duration.ofSeconds(10);
    }

    private static RestartPolicy restartPolicy(InspectContainerResponse answer) {
        var policy =
                answer.getHostConfig() == null ? null : answer.getHostConfig().getRestartPolicy();
        return switch (policy == null ? "" : orEmpty(policy.getName())) {
            case "always" -> RestartPolicy.ALWAYS;
            case "unless-stopped" -> RestartPolicy.UNLESS_STOPPED;
            case "on-failure" -> RestartPolicy.ON_FAILURE;
            default -> RestartPolicy.NO;
        };
    }

    private static List<ContainerMount> mounts(@Nullable List<InspectContainerResponse.Mount> answers)
            throws IOException {
        List<ContainerMount> mounts = new ArrayList<>();
        for (var mount : answers == null ? List.<InspectContainerResponse.Mount>of() : answers) {
            String destination =
                    required(mount.getDestination(), "Mounts.Destination").getPath();
            String source = orEmpty(mount.getSource());
            boolean readOnly = Boolean.FALSE.equals(mount.getRW());
            String volume = orEmpty(mount.getName());
            mounts.add(
                    !volume.isEmpty()
                            ? new ContainerMount.OfVolume(volume, source, destination, readOnly)
                            : source.isEmpty()
                                    ? new ContainerMount.InMemory(destination, readOnly)
                                    : new ContainerMount.OfHostPath(source, destination, readOnly));
        }
        // An engine lists them in no order.
        mounts.sort(Comparator.comparing(ContainerMount::destination));
        return mounts;
    }

    private static Map<String, String> environment(String @Nullable [] lines) {
        Map<String, String> environment = new HashMap<>();
        for (String line : lines == null ? new String[0] : lines) {
            int equals = line.indexOf('=');
            environment.put(
                    equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        }
        return environment;
    }

    private static Map<String, String> addresses(InspectContainerResponse answer) {
        Map<String, ContainerNetwork> networks = answer.getNetworkSettings() == null
                ? Map.of()
                : orNone(answer.getNetworkSettings().getNetworks());
        Map<String, String> addresses = new HashMap<>();
        networks.forEach(
                (name, network) -> Stream.of(orEmpty(network.getIpAddress()), orEmpty(network.getGlobalIPv6Address()))
                        .filter(address -> !address.isEmpty())
                        .findFirst()
                        .ifPresent(address -> addresses.put(name, address)));
        return addresses;
    }

    private static <T> T required(@Nullable T value, String name) throws IOException {
        if (value == null) {
            throw new MalformedAnswer("there is no %s in it".formatted(name));
        }
        return value;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <V> Map<String, V> orNone(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    /** What came is no answer of an engine. */
    static final class MalformedAnswer extends IOException {
        MalformedAnswer(String how) {
            super("the engine's answer is not understood: " + how);
        }
    }
}

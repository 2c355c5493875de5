package io.holdfast.sources.quiesce;

import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.Container.State;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.Commands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands that containers carry in labels, to be run in themselves: those of offen/docker-volume-backup, {@code
 * docker-volume-backup.archive-pre} and {@code .archive-post}, each with a {@code .user}, and {@code .exec-label}, which says
 * whose they are; or the same with {@code holdfast.} in front, which count first. No shell reads them.
 */
final class LabelledCommands {

    private static final List<String> PREFIXES = List.of("holdfast.", "docker-volume-backup.");
    private static final String USER = ".user";
    private static final String WHOSE = "exec-label";
    /** Of those that carry no such label. */
    private static final String ANYBODY = "true";
    /** What begins a hook that stands for these commands; no program is called so. */
    private static final String HOOK = "label:" + WHOSE + "=";

    private static final Set<State> OFF = Set.of(State.CREATED, State.EXITED, State.DEAD, State.REMOVING);

    private final DockerEngine engine;

    LabelledCommands(DockerEngine engine) {
        this.engine = engine;
    }

    /** When a command runs. */
    enum Phase {
        BEFORE("archive-pre"),
        AFTER("archive-post");

        private final String label;

        Phase(String label) {
            this.label = label;
        }
    }

    /** As a hook of a bracket, in the place of a program of the host. */
    static List<String> hook(String execLabel, Phase phase) {
        return List.of(HOOK + execLabel, phase.label);
    }

    /** Programs of the host, and hooks of labels. */
    Programs and(Programs programs) {
        return (argv, limit) -> {
            if (!argv.getFirst().startsWith(HOOK)) {
                return programs.run(argv, limit);
            }
            Phase phase = argv.getLast().equals(Phase.BEFORE.label) ? Phase.BEFORE : Phase.AFTER;
            run(argv.getFirst().substring(HOOK.length()), phase, limit);
            return "";
        };
    }

    /**
     * Runs the commands of all containers that are not off, by their names. One that fails ends what comes before a capture;
     * what comes afterwards runs to the end.
     *
     * @param limit of each
     * @throws IOException if one failed, or no container has a command of either phase
     */
    private void run(String execLabel, Phase phase, Duration limit) throws IOException {
        List<Container> carriers = carriers(execLabel);
        if (carriers.isEmpty() && phase == Phase.BEFORE) {
            throw new IOException("no container has a command for %s=%s in its labels".formatted(WHOSE, execLabel));
        }
        List<String> failures = new ArrayList<>();
        for (Container carrier : carriers) {
            try {
                run(carrier, phase, limit);
            } catch (IOException | IllegalArgumentException e) {
                failures.add("in container %s: %s".formatted(carrier.name(), e.getMessage()));
                if (phase == Phase.BEFORE) {
                    break;
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
    }

    private List<Container> carriers(String execLabel) throws IOException {
        var carriers = new ArrayList<Container>();
        for (String label : labels().toList()) {
            carriers.addAll(engine.containers(label));
        }
        return carriers.stream()
                .collect(Collectors.toMap(Container::name, it -> it, (one, _) -> one, TreeMap::new))
                .values()
                .stream()
                .filter(container -> container.label(DockerEngine.HELPER_LABEL).isEmpty())
                .filter(container -> isOf(execLabel, container.labels()))
                .toList();
    }

    private static Stream<String> labels() {
        return Stream.of(Phase.values()).flatMap(phase -> PREFIXES.stream().map(prefix -> prefix + phase.label));
    }

    /** Whether the commands in a container's labels are those of a value of {@code exec-label}. */
    static boolean isOf(String execLabel, Map<String, String> labels) {
        return label(labels, WHOSE).orElse(ANYBODY).equals(execLabel);
    }

    private static Optional<String> label(Map<String, String> labels, String name) {
        return PREFIXES.stream()
                .flatMap(prefix -> Stream.ofNullable(labels.get(prefix + name)))
                .findFirst();
    }

    private void run(Container container, Phase phase, Duration limit) throws IOException {
        Optional<String> line = label(container.labels(), phase.label);
        if (line.isEmpty() || OFF.contains(container.state())) {
            return;
        }
        Command command = Command.of(Words.of(line.get())).in(container.id()).within(limit);
        Optional<String> user = label(container.labels(), phase.label + USER);
        new Commands(engine).run(user.map(command::as).orElse(command));
    }
}

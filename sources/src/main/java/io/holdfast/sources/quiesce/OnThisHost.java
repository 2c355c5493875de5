package io.holdfast.sources.quiesce;

import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.engine.OwnContainer;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The real parts: the Docker engine and the programs of this host, as the environment of this process says. */
final class OnThisHost {

    /** Seen with Docker 20.10, on a busy machine: up to a second. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final Duration PODS_WITHIN = Duration.ofMinutes(5);
    private static final Duration PODS_EVERY = Duration.ofMillis(500);

    /** What programs need to find an engine or a cluster. */
    private static final List<String> PASSED = List.of(
            "DOCKER_HOST",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "KUBECONFIG",
            "KUBERNETES_SERVICE_HOST",
            "KUBERNETES_SERVICE_PORT");

    private OnThisHost() {}

    static Programs programs(DockerEngine engine, Map<String, String> environment) {
        Map<String, String> passed = PASSED.stream()
                .filter(environment::containsKey)
                .collect(Collectors.toMap(name -> name, environment::get));
        var commands = new Commands(engine);
        return new LabelledCommands(engine)
                .and((argv, limit) -> commands.run(
                                Command.of(argv).within(limit).with(passed))
                        .text());
    }

    static Keepers keepers(ContainerEngine engine, Programs programs) {
        return new Keepers(
                new Containers(
                        engine,
                        id -> OwnContainer.id()
                                .filter(own -> own.hex().equals(id))
                                .isPresent(),
                        LATE),
                new Units(programs, OwnUnits.ofThisProcess()::contains),
                new Workloads(programs, PODS_WITHIN, PODS_EVERY));
    }

    /** @param directory where the brackets lie */
    static Sweeper sweeper(Path directory) throws IOException {
        var records = new Records(directory);
        return new Sweeper(
                directory,
                records,
                new Owners(directory.resolve("owners")),
                () -> closer(directory, records),
                Clock.systemUTC());
    }

    private static Closer closer(Path directory, Records records) throws IOException {
        DockerEngine engine = DockerEngine.fromEnvironment(System.getenv());
        Programs programs = programs(engine, System.getenv());
        return new Closer(
                keepers(new DockerContainers(engine, Freezer.ofThisHost()), programs),
                records,
                new Turns(directory.resolve("turns")),
                programs);
    }
}

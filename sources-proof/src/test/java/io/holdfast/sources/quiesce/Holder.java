package io.holdfast.sources.quiesce;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.DockerEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that opens a bracket as a worker does, and holds it until it is told to close it by a line on its stdin. */
final class Holder {

    private Holder() {}

    /** {@code STATE MODE LIMIT CONTAINER-OR-UNIT...} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> named = List.of(arguments).subList(3, arguments.length);
        var quiesce = new Quiesce(
                Mode.valueOf(arguments[1]),
                List.of(),
                named.stream().filter(Holder::isUnit).toList(),
                List.of(),
                List.of(),
                List.of(),
                Duration.parse(arguments[2]));
        try (DockerEngine engine = DockerEngine.fromEnvironment(System.getenv());
                Brackets brackets = Brackets.of(Path.of(arguments[0]), engine, Clock.systemUTC())) {
            Bracket bracket = brackets.open(ToRest.forCapture(
                    "shop/db",
                    quiesce,
                    named.stream().filter(name -> !isUnit(name)).toList()));
            int _ = System.in.read();
            bracket.close();
            System.out.println("closed");
        } catch (SourceException e) {
            System.out.println("failed " + e.code());
        }
    }

    private static boolean isUnit(String name) {
        return name.endsWith(".service");
    }

    static Process start(Path state, Map<String, String> environment, Mode mode, Duration limit, String... named)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=holdfast/guard-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                state.toString(),
                mode.name(),
                limit.toString()));
        command.addAll(List.of(named));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}

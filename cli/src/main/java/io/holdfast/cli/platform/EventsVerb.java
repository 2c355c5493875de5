package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.verb.Verb;
import io.holdfast.events.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description = {
            "Show events, one per line: time, topic, type, key, and the event as JSON.",
            "Without --follow: those there are."
        })
final class EventsVerb extends Verb {

    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(10);

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what arrives, until interrupted; begin with that.")
    private boolean follow;

    @Option(names = "--from-beginning", description = "With --follow: begin with the oldest.")
    private boolean fromBeginning;

    @Option(
            names = "--topic",
            paramLabel = "T",
            description =
                    "Only this topic, as 'backups' or 'requests.local'; can be given again. Default: all but heartbeats.")
    private List<String> topics = List.of();

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            description = "Default: HOLDFAST_BROKERS, or the data directory's.")
    private @Nullable String brokers;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Properties of Kafka's clients, as a broker with TLS needs them.")
    private @Nullable Path clientConfig;

    @Override
    protected int run() {
        try (EventReader reader = new EventReader(brokers(), clientConfig())) {
            reader.guarded(() -> {
                reader.add(chosen(reader.topics()), fromBeginning || !follow);
                if (follow) {
                    follow(reader);
                } else {
                    showAll(reader);
                }
            });
        }
        return ExitCodes.DONE;
    }

    private String brokers() {
        return Optional.ofNullable(brokers)
                .or(() -> environment("HOLDFAST_BROKERS"))
                .orElseGet(() -> Endpoints.of(dataDirectory()).brokers());
    }

    private Properties clientConfig() {
        Properties properties = new Properties();
        if (clientConfig != null) {
            try (Reader reader = Files.newBufferedReader(clientConfig)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw usage("The client configuration %s cannot be read: %s.".formatted(clientConfig, e));
            }
        }
        return properties;
    }

    private SortedSet<String> chosen(SortedSet<String> there) {
        if (topics.isEmpty()) {
            SortedSet<String> worthReading = new TreeSet<>(there);
            worthReading.remove(Topics.HEARTBEATS.name());
            return worthReading;
        }
        SortedSet<String> chosen = new TreeSet<>();
        for (String topic : topics) {
            chosen.add(topic.startsWith(Topics.PREFIX) ? topic : Topics.PREFIX + topic);
        }
        if (!there.containsAll(chosen)) {
            Set<String> unknown = new TreeSet<>(chosen);
            unknown.removeAll(there);
            throw Code.UNKNOWN_TOPIC.because("The broker has no topic %s; it has %s. Nothing was changed."
                    .formatted(String.join(", ", unknown), String.join(", ", there)));
        }
        return chosen;
    }

    private void showAll(EventReader reader) {
        var ends = reader.ends();
        while (!reader.hasReached(ends)) {
            reader.poll().forEach(this::show);
        }
    }

    private void follow(EventReader reader) {
        long looked = System.nanoTime();
        boolean gone = false;
        while (!Thread.currentThread().isInterrupted()) {
            reader.poll().forEach(this::show);
            if (System.nanoTime() - looked > LOOK_FOR_TOPICS.toNanos()) {
                gone = lookForTopics(reader, gone);
                looked = System.nanoTime();
            }
        }
        throw Code.INTERRUPTED.because(whenInterrupted());
    }

    /** Topics that appear are read from their beginning. Says once when the broker goes, and once when it is back. */
    private boolean lookForTopics(EventReader reader, boolean wasGone) {
        try {
            SortedSet<String> there = reader.topics();
            reader.add(chosen(there), true);
            if (wasGone) {
                output().note("The broker answers again.");
            }
            return false;
        } catch (CliException e) {
            if (!wasGone) {
                output().note("%s %s Waiting for it.".formatted(e.code().wire(), e.getMessage()));
            }
            return true;
        }
    }

    private void show(EventLine line) {
        if (output().isJson()) {
            output().json(line);
        } else {
            output().line(line.text(surroundings().zone()));
        }
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. No more events are shown; they stay on their topics.";
    }
}

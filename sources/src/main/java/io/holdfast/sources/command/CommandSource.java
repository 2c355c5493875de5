package io.holdfast.sources.command;

import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.Pipe;
import io.holdfast.sources.stream.ExplainedInput;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a command prints, as one file; another command reads it on the way back. */
public final class CommandSource implements ComponentSource {

    private static final String EARLIER_ONES = "No snapshot was made; earlier ones are safe.";
    private static final String NOTHING_TOUCHED = "Nothing was touched.";

    private final Source.Command source;
    private final String at;
    private final Host host;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public CommandSource(Source.Command source, String at, Host host) {
        this.source = source;
        this.at = at;
        this.host = host;
    }

    @Override
    public Capture capture() {
        return new CommandCapture();
    }

    /** Nothing where its container is gone; printing nothing is no failure here. */
    @Override
    public Content salvage() throws IOException {
        return source.container() != null
                        && host.docker().container(source.container()).isEmpty()
                ? new Content(List.of(), List.of())
                : content(false);
    }

    @Override
    public WayBack wayBack() {
        return new CommandWayBack();
    }

    @Override
    public String byHand() {
        return source.restore().isEmpty()
                ? "Feed DIRECTORY%s/%s to the program that reads what '%s' wrote."
                        .formatted(at, source.fileName(), source.command().getFirst())
                : "%s < DIRECTORY%s/%s".formatted(String.join(" ", source.restore()), at, source.fileName());
    }

    private Content content(boolean needsOutput) {
        Root.Source output = () -> stdout(needsOutput);
        return new Content(
                List.of(Root.Stream.of(
                        at + "/" + source.fileName(), output, host.clock().instant())),
                List.of());
    }

    private InputStream stdout(boolean needed) throws IOException {
        Command command = command(source.command(), EARLIER_ONES);
        UnaryOperator<IOException> explained = e -> failure(e, source.command(), EARLIER_ONES);
        try {
            var stdout = new PushbackInputStream(new ExplainedInput(host.commands().stream(command), explained));
            int first = stdout.read();
            if (first >= 0) {
                stdout.unread(first);
            } else if (needed) {
                throw nothingPrinted();
            }
            return stdout;
        } catch (IOException e) {
            throw explained.apply(e);
        }
    }

    private Command command(List<String> argv, String whatIsSafe) throws IOException {
        Map<String, String> secrets = new HashMap<>();
        for (Map.Entry<String, SecretReference> variable : source.environment().entrySet()) {
            secrets.put(variable.getKey(), host.secret(variable.getValue()).value());
        }
        try {
            Command here = Command.of(argv).with(secrets).within(source.limit());
            return source.container() == null
                    ? here
                    : here.in(container(source.container(), whatIsSafe).id());
        } catch (IllegalArgumentException e) {
            throw new SourceException(
                    "HF-Q80",
                    "Cannot run the command of %s: %s. %s Correct the plan.".formatted(at, e.getMessage(), whatIsSafe),
                    e);
        }
    }

    private Container container(String name, String whatIsSafe) throws IOException {
        Container container;
        try {
            container = host.docker().requireContainer(name);
        } catch (IOException e) {
            throw failure(e, List.of(name), whatIsSafe);
        }
        if (!container.isRunning()) {
            throw new SourceException(
                    "HF-Q81",
                    "Cannot run the command of %s: the container %s does not run (%s). %s Start it, then try again."
                            .formatted(at, name, container.state().name().toLowerCase(Locale.ROOT), whatIsSafe));
        }
        return container;
    }

    private IOException failure(IOException e, List<String> argv, String whatIsSafe) {
        return CommandFailure.of(e, at, argv.getFirst(), whatIsSafe);
    }

    private SourceException nothingPrinted() {
        return new SourceException(
                "HF-Q83",
                "The command '%s' of %s ended with 0 and printed nothing, which is no backup. %s Run it by hand to see why."
                        .formatted(source.command().getFirst(), at, EARLIER_ONES));
    }

    private final class CommandCapture implements Capture {

        /** Its own container does not rest: the command runs in it. */
        @Override
        public List<String> inspect() throws IOException {
            command(source.command(), EARLIER_ONES);
            return List.of();
        }

        @Override
        public Content read() {
            return content(true);
        }
    }

    private final class CommandWayBack implements WayBack {

        @Override
        public String target() {
            String program = source.restore().isEmpty()
                    ? "no command to restore with"
                    : "the command " + source.restore().getFirst();
            return source.container() == null ? program : program + " in container " + source.container();
        }

        @Override
        public void prepare(SnapshotFiles files) throws IOException {
            if (source.restore().isEmpty()) {
                throw new SourceException(
                        "HF-Q85",
                        "The plan has no command that puts %s back. %s Restore it into a directory and feed %s to a program by hand, or add restore to the plan."
                                .formatted(at, NOTHING_TOUCHED, source.fileName()));
            }
            if (!files.children("/").contains(source.fileName())) {
                throw new SourceException(
                        "HF-Q87",
                        "The snapshot of %s does not hold %s, which the plan says. %s Give file-name the name that it has there, or restore into a directory."
                                .formatted(at, source.fileName(), NOTHING_TOUCHED));
            }
            command(source.restore(), NOTHING_TOUCHED);
        }

        @Override
        public Restored put(SnapshotFiles files) throws IOException {
            String safe = "What it reads into may be half restored.";
            Command command = command(source.restore(), safe);
            try {
                long bytes = Pipe.run(out -> files.dump("/" + source.fileName(), out), dump -> {
                    host.commands().feed(command, dump);
                    if (dump.read() >= 0) {
                        throw new SourceException(
                                "HF-Q86",
                                "The command '%s' of %s ended with 0 before it had read all of %s. %s Run it by hand to see why; one that may stop early needs something behind it that reads the rest."
                                        .formatted(source.restore().getFirst(), at, source.fileName(), safe));
                    }
                });
                return new Restored(1, 0, 0, bytes);
            } catch (IOException e) {
                throw failure(e, source.restore(), safe);
            }
        }
    }
}

package io.holdfast.sources.redis;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.Container.State;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.sources.process.CommandOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server by {@code redis-cli}, in the server's container or on this host. The password is in its environment, where
 * no other user sees it.
 *
 * @param safe what a failure says of what is safe: sentences
 */
record RedisCli(Source.Redis source, Host host, String safe) {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String CREDENTIALS = "Set user and password in the plan to those of the server.";

    RedisCli saying(String safe) {
        return new RedisCli(source, host, safe);
    }

    /** The server, for an operator. */
    String title() {
        return source.container() == null
                ? "Redis at %s:%d".formatted(source.host(), source.port())
                : "Redis in container " + source.container();
    }

    /**
     * Asks for something.
     *
     * @return the reply as it is; {@link #isError} tells whether it is one that the server gave instead
     * @throws SourceException HF-Q30 if it does not answer; HF-Q31 if it refuses user or password
     */
    String ask(String... words) throws IOException {
        return ask(0, words);
    }

    String ask(int database, String... words) throws IOException {
        String reply = run(database, words);
        if (reply.startsWith("NOAUTH ") || reply.startsWith("WRONGPASS ")) {
            throw refused(CREDENTIALS);
        }
        return reply;
    }

    /** As {@link #ask}; an error is HF-Q31 if the user may not do that, and HF-Q30 otherwise. */
    String require(String... words) throws IOException {
        String reply = ask(words);
        if (reply.startsWith("NOPERM ")) {
            throw refused("Let the user run %s: see docs/operations.md.".formatted(words[0]));
        }
        if (isError(reply)) {
            throw noAnswer("it answers %s with '%s'".formatted(words[0], firstLine(reply)), null);
        }
        return reply;
    }

    static boolean isError(String reply) {
        return reply.matches("(?s)[A-Z]{3,}( .*|)") && !reply.equals("PONG");
    }

    static String firstLine(String reply) {
        return reply.lines().findFirst().orElse("");
    }

    /** The server's container, if it has one. */
    Optional<Container> container() throws IOException {
        String named = source.container();
        try {
            return named == null ? Optional.empty() : Optional.of(host.docker().requireContainer(named));
        } catch (EngineException e) {
            throw of(e);
        }
    }

    /** Whether it has a container, and that does not run. */
    boolean isOff() throws IOException {
        return container()
                .filter(it -> it.state() == State.EXITED || it.state() == State.CREATED || it.state() == State.DEAD)
                .isPresent();
    }

    private String run(int database, String... words) throws IOException {
        try {
            CommandOutput output = host.commands().run(command(database, words));
            if (output.stderr().contains("WRONGPASS")) {
                throw refused(CREDENTIALS);
            }
            return output.text();
        } catch (CommandFailed e) {
            throw switch (e.reason()) {
                case INTERRUPTED -> e;
                case NOT_STARTED ->
                    noAnswer(
                            "there is no redis-cli to ask it with "
                                    + (source.container() == null ? "on this host" : "in the container"),
                            e);
                case STATUS, TIME_LIMIT, TOO_MUCH_OUTPUT, NOT_READ -> noAnswer(String.valueOf(e.getMessage()), e);
            };
        } catch (EngineException e) {
            throw of(e);
        }
    }

    private Command command(int database, String... words) throws IOException {
        var argv = new ArrayList<>(List.of("redis-cli", "-h", source.host(), "-p", "" + source.port()));
        argv.add("--no-auth-warning");
        if (source.user() != null) {
            argv.addAll(List.of("--user", source.user()));
        }
        argv.addAll(List.of("-n", "" + database));
        argv.addAll(List.of(words));
        Command command = Command.of(argv).within(LIMIT);
        if (source.password() != null) {
            command =
                    command.with("REDISCLI_AUTH", host.secret(source.password()).value());
        }
        Optional<Container> container = container();
        if (container.isEmpty()) {
            return command;
        }
        if (!container.get().isRunning()) {
            throw noAnswer("the container is %s".formatted(container.get().state()), null);
        }
        return command.in(container.get().id());
    }

    private IOException of(EngineException e) {
        return e.reason() == EngineException.Reason.INTERRUPTED ? e : noAnswer(String.valueOf(e.getMessage()), e);
    }

    SourceException noAnswer(String why, @Nullable Throwable cause) {
        return new SourceException(
                "HF-Q30",
                "%s does not answer: %s. %s Let it run and be reached at %s port %d with redis-cli, or correct the plan."
                        .formatted(title(), unended(why), safe, source.host(), source.port()),
                cause);
    }

    private SourceException refused(String remedy) {
        return new SourceException(
                "HF-Q31",
                "%s refuses %s: user, password or permission is not right. %s %s"
                        .formatted(
                                title(),
                                source.user() == null ? "its default user" : "user " + source.user(),
                                safe,
                                remedy));
    }

    private static String unended(String sentence) {
        String stripped = sentence.strip();
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}

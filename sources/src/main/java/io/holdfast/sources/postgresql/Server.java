package io.holdfast.sources.postgresql;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.sources.process.ExplainedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server as its own programs reach it: inside its container, or over the network with those of this host.
 * Passwords and names of databases go through the environment: a password must not show in a list of processes, and a
 * name could be taken for a connection string.
 */
final class Server {

    /** A database that every server has, to speak of others from. */
    static final String MAINTENANCE = "postgres";

    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final String UTF8 = "SET client_encoding = 'UTF8';\n";
    private static final Pattern ERROR = Pattern.compile("\\b(ERROR|FATAL|error):");
    private static final Path DEBIANS = Path.of("/usr/lib/postgresql");

    private final Source.PostgreSql source;
    private final Host host;
    private @Nullable Integer version;

    Server(Source.PostgreSql source, Host host) {
        this.source = source;
        this.host = host;
    }

    /** Where it is, for an operator. */
    String place() {
        return source.container() == null
                ? "%s:%d".formatted(source.host(), source.port())
                : "container " + source.container();
    }

    /** Its {@code server_version_num}. */
    int version() throws IOException {
        if (version == null) {
            version =
                    Integer.parseInt(ask(MAINTENANCE, "SHOW server_version_num").getFirst());
        }
        return version;
    }

    /** Whether there is a database of this name. */
    boolean has(String database) throws IOException {
        return ask(MAINTENANCE, "SELECT 1 FROM pg_database WHERE datname = " + Sql.literal(database))
                .contains("1");
    }

    /** Asks for lines, columns separated by a bar. */
    List<String> ask(String database, String query) throws IOException {
        return ask(database, query, ANSWER);
    }

    /** @param limit how long the server may take */
    List<String> ask(String database, String query, Duration limit) throws IOException {
        return run(database, query, limit)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Runs statements one by one, and stops at the first that fails. */
    String run(String database, String statements) throws IOException {
        return run(database, statements, ANSWER);
    }

    /** @param limit how long the server may take for all of them */
    String run(String database, String statements, Duration limit) throws IOException {
        Command psql = program("psql", database, "-AtXq", "-v", "ON_ERROR_STOP=1", "-f", "-")
                .within(limit);
        try {
            return host.commands()
                    .run(psql, new ByteArrayInputStream((UTF8 + statements).getBytes(StandardCharsets.UTF_8)))
                    .text();
        } catch (IOException e) {
            throw explained(e);
        }
    }

    InputStream stream(Command command) throws IOException {
        try {
            return new ExplainedInput(host.commands().stream(command), this::explained);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    void feed(Command command, InputStream in) throws IOException {
        try {
            host.commands().feed(command, in);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** One of PostgreSQL's programs, for a database; in a container by the socket there, unless the plan names a host. */
    Command program(String program, String database, String... arguments) throws IOException {
        var argv = new ArrayList<String>();
        argv.add(source.container() == null ? onHost(program) : program);
        argv.addAll(List.of(arguments));
        argv.add("--username=" + source.user());
        argv.add("--port=" + source.port());
        argv.add("--no-password");
        if (source.container() == null || !source.host().equals(Source.PostgreSql.DEFAULT_HOST)) {
            argv.add("--host=" + source.host());
        }
        Command command = Command.of(argv).with("PGDATABASE", database);
        if (source.password() != null) {
            command = command.with("PGPASSWORD", host.secret(source.password()).value());
        }
        return source.container() == null ? command : command.in(container().id());
    }

    private Container container() throws IOException {
        String name = String.valueOf(source.container());
        Container container;
        try {
            container = host.docker().requireContainer(name);
        } catch (EngineException e) {
            throw explained(e);
        }
        if (!container.isRunning()) {
            throw new SourceException(
                    "HF-Q40",
                    "PostgreSQL in container %s does not run: it is %s. Nothing was touched; earlier snapshots are safe. Start the container, then try again."
                            .formatted(name, container.state()));
        }
        return container;
    }

    /** Debian keeps the programs of each major version apart; the server's own are taken where they are installed. */
    private String onHost(String program) {
        if (version != null) {
            Path own = DEBIANS.resolve(String.valueOf(version / 10_000))
                    .resolve("bin")
                    .resolve(program);
            if (Files.isExecutable(own)) {
                return own.toString();
            }
        }
        return program;
    }

    /** A dump by an older program would lack what it does not know. */
    void requireProgramOfItsVersion(String program) throws IOException {
        int server = version() / 10_000;
        String text;
        try {
            text = host.commands()
                    .run(program(program, MAINTENANCE, "--version"))
                    .text();
        } catch (IOException e) {
            throw explained(e);
        }
        String number = text.replaceFirst(".*\\) ", "").split("[^0-9]", 2)[0];
        if (number.isEmpty() || Integer.parseInt(number) < server) {
            throw new SourceException(
                    "HF-Q41",
                    "The %s for %s is of version %s, and the server of %d. Nothing was touched; earlier snapshots are safe. Install postgresql-client-%d here, or name the server's container in the plan."
                            .formatted(program, place(), number, server, server));
        }
    }

    /** The same failure with a code, and what to do. */
    IOException explained(IOException e) {
        return switch (e) {
            case CommandFailed failed -> explained(failed);
            case EngineException engine ->
                new SourceException(
                        "HF-Q40",
                        "PostgreSQL in %s cannot be reached: %s Earlier snapshots are safe. See to the engine and the container, then try again."
                                .formatted(place(), engine.getMessage()),
                        engine);
            default -> e;
        };
    }

    private IOException explained(CommandFailed failed) {
        String stderr = failed.stderr();
        if (stderr.contains("authentication failed")
                || stderr.contains("no password supplied")
                || (stderr.contains("role \"") && stderr.contains("does not exist"))) {
            return failure(
                    "HF-Q42",
                    failed,
                    "It refuses user '%s'. Correct user and password in the plan.".formatted(source.user()));
        }
        if (stderr.contains("database") && stderr.contains("does not exist")) {
            return failure("HF-Q43", failed, "Correct the database's name in the plan, or create it.");
        }
        if (stderr.contains("permission denied")) {
            return failure(
                    "HF-Q44",
                    failed,
                    "Let user '%s' read it, or name one who may; roles of the whole server (globals) need a superuser."
                            .formatted(source.user()));
        }
        return switch (failed.reason()) {
            case INTERRUPTED -> failed;
            case NOT_STARTED ->
                failure(
                        "HF-Q41",
                        failed,
                        "Install PostgreSQL's client programs there, or name the server's container.");
            case STATUS, TIME_LIMIT, TOO_MUCH_OUTPUT, NOT_READ ->
                failure("HF-Q40", failed, "See whether the server runs and answers, then try again.");
        };
    }

    private SourceException failure(String code, CommandFailed failed, String remedy) {
        String why = failed.stderr()
                .lines()
                .filter(line -> ERROR.matcher(line).find())
                .findFirst()
                .orElseGet(() -> String.valueOf(failed.getMessage()));
        return new SourceException(
                code,
                "PostgreSQL in %s did not do what was asked: %s%s Earlier snapshots are safe. %s"
                        .formatted(place(), why, why.endsWith(".") ? "" : ".", remedy),
                failed);
    }
}

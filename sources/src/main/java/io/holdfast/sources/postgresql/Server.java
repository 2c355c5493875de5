package io.holdfast.sources.postgresql;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.stream.ExplainedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A PostgreSQL server as its own programs reach it: inside its container, or over the network with those of this host.
 * Passwords and names of databases go through the environment: a password must not show in a list of processes, and a
 * name could be taken for a connection string.
 */
final class Server {

    private static final String POSTGRES = "postgres";
    private static final String TEMPLATE = "template1";
    /** Of {@code server_version_num}: 150018 is 15.18. */
    static final int MAJOR = 10_000;

    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final String UTF8 = "SET client_encoding = 'UTF8';\n";

    private static final Path DEBIANS = Path.of("/usr/lib/postgresql");

    /** What is left aside by a restore, which nobody can connect to, and what was begun to be dropped, is none. */
    private static final String DATABASES = """
            SELECT jsonb_build_object('version', current_setting('server_version_num')::int, 'databases', ARRAY(
                SELECT datname FROM pg_database
                WHERE NOT datistemplate AND datconnlimit <> -2 AND (datallowconn OR datname NOT LIKE '%\\_before\\_restore')
                ORDER BY 1))
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Source.PostgreSql source;
    private final Host host;
    private final Failures failures;
    private final Map<String, Integer> programs = new HashMap<>();
    private @Nullable Integer version;

    Server(Source.PostgreSql source, Host host) {
        this.source = source;
        this.host = host;
        failures = new Failures(source.user(), place());
    }

    /** Where it is, for an operator. */
    String place() {
        return source.container() == null
                ? "%s:%d".formatted(source.host(), source.port())
                : "container " + source.container();
    }

    /** The database from which others are spoken of; never one that is put back itself. */
    String maintenance() {
        return source.databases().isEmpty() || source.databases().contains(POSTGRES) ? TEMPLATE : POSTGRES;
    }

    /** Its {@code server_version_num}. */
    int version() throws IOException {
        return version == null ? known().version() : version;
    }

    /** As in {@code PostgreSQL 15}. */
    int major() throws IOException {
        return version() / MAJOR;
    }

    /** The databases that it has, without templates. */
    List<String> databases() throws IOException {
        return known().databases();
    }

    private record Known(int version, List<String> databases) {}

    /** Which databases there are, and the version, which stays: whoever asks for both asks once. */
    private Known known() throws IOException {
        Known known = ask(Known.class, DATABASES);
        version = known.version();
        return known;
    }

    /** Asks about the server as a whole. */
    <T> T ask(Class<T> form, String query) throws IOException {
        return ask(maintenance(), form, query);
    }

    /** Asks for one JSON value, in which names may have any characters. */
    <T> T ask(String database, Class<T> form, String query) throws IOException {
        return ask(database, form, query, ANSWER);
    }

    /** @param limit how long the server may take */
    <T> T ask(String database, Class<T> form, String query, Duration limit) throws IOException {
        return value(form, run(database, query, limit));
    }

    /** The JSON value that was asked for, as psql printed it. */
    <T> T value(Class<T> form, String printed) throws SourceException {
        try {
            return JSON.readValue(printed, form);
        } catch (JacksonException e) {
            throw new SourceException(
                    "HF-Q40",
                    "What psql printed for %s is no answer to what was asked: %s. Earlier snapshots are safe. Run it there by hand to see what else it prints."
                            .formatted(place(), e.getOriginalMessage()),
                    e);
        }
    }

    /** Runs statements about the server as a whole, one by one, and stops at the first that fails. */
    String run(String statements) throws IOException {
        return run(maintenance(), statements);
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

    /** Runs a command that reads nothing. */
    String run(Command command) throws IOException {
        try {
            return host.commands().run(command).text();
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Runs a command that reads a stream, and hands out what it prints, which is little. */
    byte[] run(Command command, InputStream in) throws IOException {
        try {
            return host.commands().run(command, in).stdout();
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
        return there(command);
    }

    /** A command where PostgreSQL's programs run: in the container, or on this host. */
    Command there(Command command) throws IOException {
        return source.container() == null ? command : command.in(container().id());
    }

    /** A directory there for files that are needed for a while. */
    String temporaryDirectory() {
        String named = source.container() == null ? host.environment().apply("TMPDIR") : null;
        return named == null || named.isEmpty() ? "/tmp" : named;
    }

    /** How another one is chosen, as a part of a sentence. */
    String otherPlace() {
        return source.container() == null ? ", set TMPDIR of this process" : "";
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
            Path own = DEBIANS.resolve(String.valueOf(version / MAJOR))
                    .resolve("bin")
                    .resolve(program);
            if (Files.isExecutable(own)) {
                return own.toString();
            }
        }
        return program;
    }

    /**
     * The major version of a program, which is not older than the server: that would lack what it does not know.
     *
     * @throws SourceException HF-Q41 if it is older
     */
    int requireProgramOfItsVersion(String program) throws IOException {
        Integer found = programs.get(program);
        if (found != null) {
            return found;
        }
        int server = major();
        String text = run(program(program, maintenance(), "--version"));
        String number = text.replaceFirst(".*\\) ", "").split("[^0-9]", 2)[0];
        if (number.isEmpty() || Integer.parseInt(number) < server) {
            throw new SourceException(
                    "HF-Q41",
                    "The %s for %s is of version %s, and the server of %d. Nothing was touched; earlier snapshots are safe. Install postgresql-client-%d here, or name the server's container in the plan."
                            .formatted(program, place(), number, server, server));
        }
        programs.put(program, Integer.valueOf(number));
        return Integer.parseInt(number);
    }

    /** The same failure with a code, and what to do. */
    IOException explained(IOException e) {
        return failures.explained(e);
    }
}

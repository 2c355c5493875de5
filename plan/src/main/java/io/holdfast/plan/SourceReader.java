package io.holdfast.plan;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the sources, each from the mapping under its kind. */
final class SourceReader {

    /** The keys of each kind. */
    static final Map<String, List<String>> KEYS = keys();

    private static final List<String> DATA_KEYS = List.of("volume", "directory", "container-path");
    static final Value<Integer> PORT = Values.integer(1, 65_535);
    static final Value<List<String>> TEXTS = Values.list(Values::text);

    private final PlaceReader places;
    private final CaptureGuard guard;
    private final Problems problems;

    SourceReader(PlaceReader places, CaptureGuard guard, Problems problems) {
        this.places = places;
        this.guard = guard;
        this.problems = problems;
    }

    private static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("files", List.of("paths", "include", "exclude", "at-least", "quiesce"));
        keys.put("docker-volume", List.of("volume", "exclude", "at-least", "quiesce"));
        keys.put("container-path", List.of("container", "path", "exclude", "at-least", "quiesce"));
        keys.put(
                "chromadb",
                List.of(
                        "container",
                        "volume",
                        "directory",
                        "container-path",
                        "url",
                        "token",
                        "token-header",
                        "ready-within",
                        "at-least",
                        "quiesce"));
        keys.put(
                "redis",
                List.of(
                        "container",
                        "host",
                        "port",
                        "user",
                        "password",
                        "volume",
                        "directory",
                        "container-path",
                        "limit",
                        "quiesce"));
        keys.put(
                "postgresql",
                List.of(
                        "container",
                        "host",
                        "port",
                        "database",
                        "databases",
                        "user",
                        "password",
                        "globals",
                        "extensions",
                        "exclude-table-data",
                        "format",
                        "jobs",
                        "migrate",
                        "quiesce"));
        keys.put("backup-api", List.of("url", "api", "collections", "token", "limit", "max-size", "quiesce"));
        keys.put("configuration", List.of("paths", "exclude", "crontabs", "units", "namespaces", "quiesce"));
        keys.put("system-information", List.of("paths", "commands", "quiesce"));
        keys.put("command", List.of("run", "container", "environment", "file-name", "restore", "limit", "quiesce"));
        return keys;
    }

    /** Reads the source of a kind; null if something is wrong with it, which is reported. */
    @Nullable
    Source read(String kind, Located at) {
        if (kind.equals("system-information") && at.node().getTag().equals(Tag.NULL)) {
            return new Source.SystemInformation(List.of(), List.of(), Quiesce.NONE);
        }
        return Fields.of(at, KEYS.getOrDefault(kind, List.of()), problems)
                .map(fields -> read(kind, fields))
                .orElse(null);
    }

    private @Nullable Source read(String kind, Fields fields) {
        boolean own = !kind.equals("command") && (fields.has("container") || fields.has("volume"));
        Quiesce quiesce = QuiesceReader.read(fields, own, problems);
        return switch (kind) {
            case "files" -> files(fields, quiesce);
            case "docker-volume" -> {
                String volume = fields.required("volume", "the volume's name", Values.VOLUME);
                yield volume == null
                        ? null
                        : new Source.DockerVolume(volume, exclude(fields), atLeast(fields), quiesce);
            }
            case "container-path" -> {
                String container = fields.required("container", "the container's name", Values.CONTAINER);
                String path = fields.required("path", "/path/in/the/container", Values.PATH_IN_CONTAINER);
                yield container == null || path == null
                        ? null
                        : new Source.ContainerPath(container, path, exclude(fields), atLeast(fields), quiesce);
            }
            case "chromadb" -> chromaDb(fields, quiesce);
            case "redis" -> redis(fields, quiesce);
            case "postgresql" -> PostgreSqlReader.read(fields, places, quiesce, problems);
            case "backup-api" -> BackupApiReader.read(fields, places, quiesce, problems);
            case "configuration" -> configuration(fields, quiesce);
            case "system-information" ->
                new Source.SystemInformation(
                        fields.optional("paths", Values.list(places::path), List.of()),
                        fields.optional("commands", Values.list(Values::command), List.of()),
                        quiesce);
            case "command" -> command(fields, quiesce);
            default -> throw new IllegalArgumentException("no such kind of source: " + kind);
        };
    }

    private Source.@Nullable Files files(Fields fields, Quiesce quiesce) {
        List<String> exclude = exclude(fields);
        List<Path> paths = fields.required("paths", "[/path/to/data]", Values.some(captured(exclude)));
        return paths == null || paths.isEmpty()
                ? null
                : new Source.Files(
                        paths, fields.optional("include", TEXTS, List.of()), exclude, atLeast(fields), quiesce);
    }

    private Source.@Nullable ChromaDb chromaDb(Fields fields, Quiesce quiesce) {
        String container = fields.optional("container", Values.CONTAINER);
        DataLocation data = data(fields, container);
        URI url = fields.required("url", "http://127.0.0.1:8000", Values.URL);
        SecretReference token = fields.optional("token", places::secret);
        String tokenHeader = fields.optional("token-header", RestApiReader.HEADER);
        Duration ready = fields.optional("ready-within", Values.DURATION, Duration.ofMinutes(2));
        Long atLeast = atLeast(fields);
        return data == null || url == null
                ? null
                : new Source.ChromaDb(container, data, url, token, tokenHeader, ready, atLeast, quiesce);
    }

    private Source.@Nullable Redis redis(Fields fields, Quiesce quiesce) {
        String container = fields.optional("container", Values.CONTAINER);
        DataLocation data = data(fields, container);
        return data == null
                ? null
                : new Source.Redis(
                        container,
                        fields.optional("host", Values::text, "localhost"),
                        fields.optional("port", PORT, 6379),
                        fields.optional("user", Values::text),
                        fields.optional("password", places::secret),
                        data,
                        fields.optional("limit", Values.DURATION, Duration.ofMinutes(10)),
                        quiesce);
    }

    private Source.@Nullable Configuration configuration(Fields fields, Quiesce quiesce) {
        List<String> exclude = exclude(fields);
        List<Path> paths = fields.optional("paths", Values.list(captured(exclude)), List.of());
        List<String> crontabs = fields.optional("crontabs", Values.list(Values.USER), List.of());
        List<String> units = fields.optional("units", Values.list(Values.UNIT), List.of());
        List<String> namespaces = fields.optional("namespaces", Values.list(Values.NAME), List.of());
        if (paths.isEmpty() && crontabs.isEmpty() && units.isEmpty() && namespaces.isEmpty()) {
            problems.add(
                    Code.MISSING,
                    fields.at(),
                    "this configuration names nothing",
                    "Name at least one of paths, crontabs, units, namespaces");
            return null;
        }
        return new Source.Configuration(paths, exclude, crontabs, units, namespaces, quiesce);
    }

    private Source.@Nullable Command command(Fields fields, Quiesce quiesce) {
        List<String> run = fields.required("run", "[program, argument]", Values::command);
        String fileName = fields.required("file-name", "dump.sql", Values.FILE_NAME);
        Map<String, SecretReference> environment = fields.optional("environment", this::environment, Map.of());
        List<String> restore = fields.optional("restore", Values::command, List.of());
        return run == null || run.isEmpty() || fileName == null
                ? null
                : new Source.Command(
                        run,
                        fields.optional("container", Values.CONTAINER),
                        environment,
                        fileName,
                        restore,
                        fields.optional("limit", Values.DURATION, Duration.ofHours(1)),
                        quiesce);
    }

    private @Nullable Map<String, SecretReference> environment(Located at, Problems problems) {
        if (!(at.node() instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    at,
                    "this must have variables and secrets, but is %s".formatted(Values.typeOf(at)),
                    "Write {NAME: env:NAME}");
            return null;
        }
        Map<String, SecretReference> environment = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!SecretReferences.VARIABLE.matcher(name).matches()) {
                problems.add(
                        Code.BAD_NAME,
                        at.key(tuple.getKeyNode(), name),
                        "'%s' is not the name of an environment variable".formatted(Values.shown(name)),
                        "Use letters, digits and underscores");
                continue;
            }
            SecretReference secret = places.secret(at.key(tuple.getValueNode(), name), problems);
            if (secret != null) {
                environment.put(name, secret);
            }
        }
        return environment;
    }

    private static List<String> exclude(Fields fields) {
        return fields.optional("exclude", TEXTS, List.of());
    }

    private static @Nullable Long atLeast(Fields fields) {
        return fields.optional("at-least", Values.SIZE);
    }

    private Value<Path> captured(List<String> exclude) {
        return (at, found) -> {
            Path path = places.path(at, found);
            if (path != null) {
                guard.check(path, exclude, at, found);
            }
            return path;
        };
    }

    private @Nullable DataLocation data(Fields fields, @Nullable String container) {
        List<String> given = new ArrayList<>(DATA_KEYS);
        given.removeIf(key -> !fields.has(key));
        if (given.size() != 1) {
            problems.add(
                    given.isEmpty() ? Code.MISSING : Code.CONTRADICTION,
                    fields.at(),
                    given.isEmpty()
                            ? "where the data lies is missing"
                            : "the data is said to lie in several places: " + String.join(", ", given),
                    "Give one of volume, directory, container-path");
            return null;
        }
        return switch (given.getFirst()) {
            case "volume" -> {
                String volume = fields.optional("volume", Values.VOLUME);
                yield volume == null ? null : new DataLocation.Volume(volume);
            }
            case "directory" -> {
                Path directory = fields.optional("directory", captured(List.of()));
                yield directory == null ? null : new DataLocation.Directory(directory);
            }
            default -> {
                String path = fields.optional("container-path", Values.PATH_IN_CONTAINER);
                if (path != null && !fields.has("container")) {
                    problems.add(
                            Code.MISSING,
                            fields.at("container-path"),
                            "a path in a container needs the container's name",
                            "Add container: the container's name");
                    yield null;
                }
                yield path == null || container == null ? null : new DataLocation.InContainer(path);
            }
        };
    }
}

package io.holdfast.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a PostgreSQL server and which of its databases are meant. */
final class PostgreSqlReader {

    private static final String ALL = "all";
    private static final Set<String> TEMPLATES = Set.of("template0", "template1");
    private static final Value<Integer> JOBS = Values.integer(1, 64);
    private static final Value<Source.PostgreSql.Format> FORMAT = Values.oneOf(Source.PostgreSql.Format.class);

    private PostgreSqlReader() {}

    static Source.@Nullable PostgreSql read(Fields fields, PlaceReader places, Quiesce quiesce, Problems problems) {
        List<String> databases = databases(fields, problems);
        String user = fields.required("user", "the role that dumps", Values::text);
        String container = fields.optional("container", Values.CONTAINER);
        SecretReference password = fields.optional("password", places::secret);
        List<String> extensions = fields.optional("extensions", SourceReader.TEXTS, List.of());
        Source.PostgreSql.Format format = fields.optional("format", FORMAT);
        int jobs = fields.optional("jobs", JOBS, 1);
        if (format == Source.PostgreSql.Format.PLAIN && jobs > 1) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at("jobs"),
                    "a plain dump is restored by one connection, not by several",
                    "Take jobs out, or write format: custom");
            return null;
        }
        if (databases == null || user == null) {
            return null;
        }
        return new Source.PostgreSql(
                container,
                fields.optional("host", Values::text, Source.PostgreSql.DEFAULT_HOST),
                fields.optional("port", SourceReader.PORT, 5432),
                databases,
                user,
                password,
                fields.optional("globals", Values::bool, true),
                extensions,
                fields.optional("exclude-table-data", SourceReader.TEXTS, List.of()),
                format,
                jobs,
                fields.optional("migrate", Values::command, List.of()),
                quiesce);
    }

    /** Empty for all; null if something is wrong, which is reported. */
    private static @Nullable List<String> databases(Fields fields, Problems problems) {
        if (fields.has("database") == fields.has("databases")) {
            problems.add(
                    fields.has("database") ? Code.CONTRADICTION : Code.MISSING,
                    fields.at("databases"),
                    fields.has("database")
                            ? "both database and databases say what is dumped"
                            : "the database that is dumped is missing",
                    "Give one of database: the database's name and databases: all or [one, two]");
            return null;
        }
        if (fields.has("database")) {
            String database = fields.optional("database", PostgreSqlReader::database);
            return database == null ? null : List.of(database);
        }
        if (fields.has("extensions")) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at("extensions"),
                    "extensions are made in the one database that database names",
                    "Take them out: each dump brings those of its database");
            return null;
        }
        return fields.optional("databases", PostgreSqlReader::allOrSome);
    }

    private static @Nullable List<String> allOrSome(Located at, Problems problems) {
        if (!(at.node() instanceof SequenceNode sequence)) {
            String text = Values.text(at, problems);
            if (text != null && !text.equals(ALL)) {
                problems.add(
                        Code.BAD_VALUE,
                        at,
                        "'%s' is neither all nor a list".formatted(Values.shown(text)),
                        "Write all, or [%s]".formatted(Values.shown(text)));
            }
            return ALL.equals(text) ? List.of() : null;
        }
        List<String> databases = Values.some(PostgreSqlReader::database).read(at, problems);
        if (databases == null || databases.size() < sequence.getValue().size()) {
            return null;
        }
        Set<String> names = new HashSet<>();
        int index = 0;
        for (Node node : sequence.getValue()) {
            String name = databases.get(index);
            if (!names.add(name)) {
                problems.add(
                        Code.DUPLICATE_NAME,
                        at.element(node, index),
                        "the database '%s' stands here for the second time".formatted(Values.shown(name)),
                        "Keep one of the two");
            }
            index++;
        }
        return databases;
    }

    private static @Nullable String database(Located at, Problems problems) {
        String name = Values.text(at, problems);
        if (name != null && TEMPLATES.contains(name)) {
            problems.add(
                    Code.BAD_NAME,
                    at,
                    "'%s' is what PostgreSQL makes new databases from, and cannot be put back".formatted(name),
                    "Name the databases that hold data");
            return null;
        }
        return name;
    }
}

package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a database held at the moment that its dump shows, kept beside the dump.
 *
 * @param serverVersion as {@code server_version_num}: 150018 is 15.18
 * @param extensions by name, with their versions
 * @param rows number of rows by table, as {@code schema.table}, quoted where SQL asks for it
 */
record Facts(int serverVersion, String database, SortedMap<String, String> extensions, SortedMap<String, Long> rows) {

    /** To a database, for one line. The rows are counted table by table. */
    static final String QUESTION = """
            SELECT jsonb_build_object(
                'serverVersion', current_setting('server_version_num')::int,
                'database', current_database(),
                'extensions', (SELECT coalesce(jsonb_object_agg(extname, extversion), '{}') FROM pg_extension),
                'rows', (SELECT coalesce(jsonb_object_agg(format('%I.%I', n.nspname, c.relname), (xpath('/row/n/text()',
                    query_to_xml(format('SELECT count(*) AS n FROM ONLY %I.%I', n.nspname, c.relname), false, true, '')))[1]::text::bigint), '{}')
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'))
            """;

    private static final JsonMapper MAPPER = new JsonMapper();

    int major() {
        return serverVersion / Server.MAJOR;
    }

    byte[] toJson() {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static Facts fromJson(byte[] json) throws SourceException {
        try {
            return MAPPER.readValue(json, Facts.class);
        } catch (JacksonException e) {
            throw new SourceException(
                    "HF-Q47",
                    "What the snapshot says of its database cannot be read: %s. Nothing was touched. Restore it into a directory and use pg_restore by hand."
                            .formatted(e.getOriginalMessage()),
                    e);
        }
    }

    /** What a database holds now; waits until all of it is counted. */
    static Facts of(Server server, String database) throws IOException {
        return server.ask(database, Facts.class, QUESTION, OpenSnapshot.LIMIT);
    }

    /** How the rows of a restored database differ, for an operator; none if they do not. */
    List<String> differences(Map<String, Long> now, TablePatterns emptied) {
        var differences = new ArrayList<String>();
        rows.forEach((table, count) -> {
            Long found = now.get(table);
            if (found == null) {
                differences.add(table + " is missing");
            } else if (!found.equals(count) && !(found == 0 && emptied.matches(table))) {
                differences.add("%s has %d rows instead of %d".formatted(table, found, count));
            }
        });
        return differences;
    }
}

package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** Of lines as psql prints them unaligned, each a name and a value. */
    static SortedMap<String, String> pairs(List<String> lines) {
        var pairs = new TreeMap<String, String>();
        for (String line : lines) {
            int bar = line.lastIndexOf('|');
            pairs.put(line.substring(0, bar), line.substring(bar + 1));
        }
        return pairs;
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

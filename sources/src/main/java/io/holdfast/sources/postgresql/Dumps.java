package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SnapshotFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where a component's part of a snapshot holds what: {@code globals.sql}, and for each database a directory below {@code
 * databases} with {@code postgresql.json} and either {@code database.dump} in pg_dump's custom format, or {@code create.sql},
 * which makes the database, and {@code database.sql}, which fills it. The directory has the database's name, in which
 * whatever is no letter, digit, dash, dot or underscore of ASCII is percent-encoded.
 */
final class Dumps {

    static final String GLOBALS = "/globals.sql";

    private static final String DATABASES = "/databases";

    private Dumps() {}

    static String directory(String database) {
        String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return DATABASES + "/" + (encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded);
    }

    static String dump(String database) {
        return directory(database) + "/database.dump";
    }

    static String create(String database) {
        return directory(database) + "/create.sql";
    }

    static String sql(String database) {
        return directory(database) + "/database.sql";
    }

    static String facts(String database) {
        return directory(database) + "/postgresql.json";
    }

    /** Of which databases there is a dump. */
    static List<String> in(SnapshotFiles files) throws IOException {
        return files.children(DATABASES).stream()
                .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                .toList();
    }

    /** None of a state that was kept just before a restore: it is dumped as it is. */
    static Optional<Facts> facts(SnapshotFiles files, String database) throws IOException {
        String file = facts(database);
        return files.has(file) ? Optional.of(Facts.fromJson(content(files, file))) : Optional.empty();
    }

    static byte[] content(SnapshotFiles files, String file) throws IOException {
        var content = new ByteArrayOutputStream();
        files.dump(file, content);
        return content.toByteArray();
    }
}

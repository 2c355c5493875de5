package io.holdfast.sources.postgresql;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a server can take what is restored; looks only. */
record Readiness(Source.PostgreSql source, Server server) {

    /** @param holders of databases: what would keep PostgreSQL from dropping them, in words for an operator */
    private record Answer(
            Set<String> available, boolean mayCreate, List<String> ofOthers, SortedMap<String, List<String>> holders) {}

    void requireVersionOf(Facts facts) throws IOException {
        int major = server.major();
        if (major < facts.major()) {
            throw new SourceException(
                    "HF-Q41",
                    "The dump is of PostgreSQL %d, and the server in %s is of version %d. Nothing was touched. Restore into a server of version %d or later."
                            .formatted(facts.major(), server.place(), major, facts.major()));
        }
    }

    /** Asks once for all of it, before anything is touched. */
    void requireMayReplace(List<String> databases, Set<String> extensionsOfDumps) throws IOException {
        Answer answer = server.ask(Answer.class, question(databases));
        requireExtensions(extensionsOfDumps, answer.available());
        if (!answer.mayCreate()) {
            throw new SourceException(
                    "HF-Q44",
                    "User '%s' of PostgreSQL in %s may not create databases. Nothing was touched. Give it CREATEDB, or name a superuser in the plan."
                            .formatted(source.user(), server.place()));
        }
        if (!answer.ofOthers().isEmpty()) {
            throw new SourceException(
                    "HF-Q44",
                    "User '%s' of PostgreSQL in %s does not own the databases %s, and may not replace them. Nothing was touched. Make it their owner, or name a superuser in the plan."
                            .formatted(source.user(), server.place(), String.join(", ", answer.ofOthers())));
        }
        if (!answer.holders().isEmpty()) {
            var held = answer.holders().firstEntry();
            throw new SourceException(
                    "HF-Q75",
                    "PostgreSQL in %s would not drop the database %s, which is held by %s. Nothing was touched. Drop what holds it, restore again, and make it anew."
                            .formatted(server.place(), held.getKey(), String.join(", ", held.getValue())));
        }
    }

    private static String question(List<String> databases) {
        return """
            SELECT jsonb_build_object(
                'available', ARRAY(SELECT name FROM pg_available_extensions),
                'mayCreate', EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreatedb)),
                'ofOthers', ARRAY(
                    SELECT datname FROM pg_database
                    WHERE datname IN (%1$s) AND NOT pg_has_role(current_user, datdba, 'USAGE') ORDER BY 1),
                'holders', (SELECT coalesce(jsonb_object_agg(datname, holders), '{}') FROM (
                    SELECT datname, array_agg(holder) AS holders FROM (
                        SELECT database AS datname, 'the logical replication slot ' || slot_name AS holder
                        FROM pg_replication_slots
                        UNION ALL
                        SELECT datname, 'the subscription ' || subname
                        FROM pg_subscription JOIN pg_database d ON d.oid = subdbid) each
                    WHERE datname IN (%1$s) GROUP BY datname) held))
            """.formatted(databases.stream().map(Sql::literal).collect(Collectors.joining(", ")));
    }

    private void requireExtensions(Set<String> ofDumps, Set<String> available) throws SourceException {
        var missing = new TreeSet<>(ofDumps);
        missing.addAll(source.extensions());
        missing.removeAll(available);
        if (!missing.isEmpty()) {
            throw new SourceException(
                    "HF-Q45",
                    "PostgreSQL in %s cannot make the extensions %s, which the database needs. Nothing was touched. Install their packages on the server, then try again."
                            .formatted(server.place(), String.join(", ", missing)));
        }
    }

    /** None may have the name under which another is made or set aside: that would be dropped. */
    void requireApart(List<String> databases) throws SourceException {
        for (String database : databases) {
            var replacement = new Replacement(server, database);
            for (String needed : List.of(replacement.aside(), replacement.fresh())) {
                if (databases.contains(needed)) {
                    throw new SourceException(
                            "HF-Q75",
                            "The databases %1$s and %2$s of PostgreSQL in %3$s cannot be restored together: while %1$s is replaced, %2$s is what its other state is called. Nothing was touched. Name in the plan which of them to restore, without %2$s if an earlier restore has left it."
                                    .formatted(database, needed, server.place()));
                }
            }
        }
    }
}

package io.holdfast.sources.postgresql;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.CommandFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts dumps back. Each database is made beside the one that is there. Only when every one is whole and has the rows that
 * its dump had, they take the places of the old ones, which are dropped then; whatever goes wrong before leaves all as they
 * were.
 */
final class RestoreDumps implements WayBack {

    private static final Duration MIGRATION = Duration.ofHours(2);
    private static final int SHOWN = 5;

    private final Source.PostgreSql source;
    private final String at;
    private final Server server;
    private final Host host;

    RestoreDumps(Source.PostgreSql source, String at, Server server, Host host) {
        this.source = source;
        this.at = at;
        this.server = server;
        this.host = host;
    }

    @Override
    public String target() {
        return switch (source.databases().size()) {
            case 0 -> "all databases of PostgreSQL in " + server.place();
            case 1 ->
                "database %s of PostgreSQL in %s".formatted(source.databases().getFirst(), server.place());
            default ->
                "databases %s of PostgreSQL in %s".formatted(String.join(", ", source.databases()), server.place());
        };
    }

    /** Who uses the databases rests meanwhile, if the plan names them; the server itself is needed. */
    @Override
    public List<String> containers() {
        return source.quiesce().containers();
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException {
        List<String> databases = databases(files);
        var readiness = new Readiness(source, server);
        readiness.requireApart(databases);
        Set<String> extensions = new TreeSet<>();
        for (String database : databases) {
            Optional<Facts> facts = Dumps.facts(files, database);
            if (facts.isPresent()) {
                readiness.requireVersionOf(facts.get());
                extensions.addAll(facts.get().extensions().keySet());
            }
            loading(files, database).requireReadable(files, database);
        }
        readiness.requireMayReplace(databases, extensions);
        for (String database : databases) {
            new Replacement(server, database).recover(Dumps.facts(files, database), emptied());
        }
    }

    /** Those that the plan names, of a state that was kept before a restore as far as they were there. */
    private List<String> databases(SnapshotFiles files) throws IOException {
        List<String> held = Dumps.in(files);
        var missing = new ArrayList<>(source.databases());
        missing.removeAll(held);
        if (held.isEmpty() || (!missing.isEmpty() && !files.isSalvaged())) {
            throw new SourceException(
                    "HF-Q47",
                    "The snapshot holds no dump of %s. Nothing was touched. Choose another recovery point, or name in the plan what it holds: %s."
                            .formatted(
                                    missing.isEmpty() ? "any database" : String.join(", ", missing),
                                    held.isEmpty() ? "nothing" : String.join(", ", held)));
        }
        return source.databases().isEmpty()
                ? held
                : source.databases().stream().filter(held::contains).toList();
    }

    private Loading loading(SnapshotFiles files, String database) throws IOException {
        return Loading.of(server, source.jobs(), at, files, database);
    }

    private TablePatterns emptied() {
        return TablePatterns.of(source.excludeTableData());
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException {
        List<Replacement> replacements = databases(files).stream()
                .map(database -> new Replacement(server, database))
                .toList();
        Restored restored = Restored.NOTHING;
        restoreGlobals(files);
        try {
            for (Replacement replacement : replacements) {
                Loading loading = loading(files, replacement.database());
                replacement.create(loading, files);
                long bytes = loading.fill(replacement.fresh(), files, replacement.database());
                Optional<Facts> facts = Dumps.facts(files, replacement.database());
                createExtensions(replacement.fresh(), facts);
                requireSameRows(replacement, facts);
                restored = restored.plus(new Restored(1, 0, 0, bytes));
            }
            for (Replacement replacement : replacements) {
                replacement.change();
            }
        } catch (IOException e) {
            throw undone(replacements, e);
        }
        dropOld(replacements);
        migrate();
        return restored;
    }

    /** Roles and tablespaces that are missing; those that exist keep what they have, their passwords above all. */
    private void restoreGlobals(SnapshotFiles files) throws IOException {
        if (!files.has(Dumps.GLOBALS)) {
            return;
        }
        String[] existing = server.ask(
                String[].class,
                "SELECT to_jsonb(ARRAY(SELECT 'ROLE ' || quote_ident(rolname) FROM pg_roles UNION SELECT 'TABLESPACE ' || quote_ident(spcname) FROM pg_tablespace))");
        String globals = new String(Dumps.content(files, Dumps.GLOBALS), StandardCharsets.UTF_8);
        server.run(Globals.without(globals, List.of(existing)));
    }

    /** Those of the plan that the dump is not known to have brought. */
    private void createExtensions(String database, Optional<Facts> ofDump) throws IOException {
        var missing = new ArrayList<>(source.extensions());
        ofDump.ifPresent(facts -> missing.removeAll(facts.extensions().keySet()));
        if (!missing.isEmpty()) {
            server.run(
                    database,
                    missing.stream()
                            .map(name -> "CREATE EXTENSION IF NOT EXISTS %s;".formatted(Sql.identifier(name)))
                            .collect(Collectors.joining("\n")));
        }
    }

    private void requireSameRows(Replacement replacement, Optional<Facts> facts) throws IOException {
        if (facts.isEmpty()) {
            return;
        }
        Facts now = Facts.of(server, replacement.fresh());
        List<String> differences = facts.get().differences(now.rows(), emptied());
        if (!differences.isEmpty()) {
            throw new SourceException(
                    "HF-Q49",
                    "The restored database %s differs from its dump in %d tables: %s."
                            .formatted(
                                    replacement.database(),
                                    differences.size(),
                                    String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())))));
        }
    }

    private IOException undone(List<Replacement> replacements, IOException failure) {
        SourceException told = failure instanceof SourceException known
                ? known
                : new SourceException(
                        "HF-Q49", "Cannot restore %s: %s.".formatted(target(), failure.getMessage()), failure);
        var stuck = new ArrayList<String>();
        for (Replacement replacement : replacements) {
            try {
                replacement.undo();
            } catch (IOException e) {
                told.addSuppressed(e);
                stuck.add("%s (as %s)".formatted(replacement.database(), replacement.aside()));
            }
        }
        return told.with(
                stuck.isEmpty()
                        ? "Each database is back as it was before the restore."
                        : "Databases as they were are kept under other names where they are not in their places: %s. When the server answers, restore again, which brings them back first."
                                .formatted(String.join(", ", stuck)));
    }

    /** All is restored by now; an old one that was begun to be dropped is nothing to go back to. */
    private void dropOld(List<Replacement> replacements) throws IOException {
        var left = new ArrayList<String>();
        var failures = new ArrayList<IOException>();
        for (Replacement replacement : replacements) {
            try {
                replacement.dropOld();
            } catch (IOException e) {
                left.add(replacement.aside());
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new SourceException(
                    "HF-Q75",
                    "All of %s is restored and whole, but what was there before could not be dropped: %s It lies aside as %s. Drop it by hand, then restore again."
                            .formatted(target(), failures.getFirst().getMessage(), String.join(", ", left)),
                    failures.getFirst());
        }
    }

    /** While the application still rests: it must not find what it cannot read yet. */
    private void migrate() throws IOException {
        if (source.migrate().isEmpty()) {
            return;
        }
        try {
            host.commands().run(Command.of(source.migrate()).within(MIGRATION).with(host.waysToServers()));
        } catch (CommandFailed e) {
            throw new SourceException(
                    "HF-Q48",
                    "All of %s is restored and whole, but the command that migrates it failed: %s What rests for the restore was not started again. Run the command by hand, then start that; or restore again."
                            .formatted(target(), e.getMessage()),
                    e);
        }
    }

    @Override
    public void finish(SnapshotFiles files) throws IOException {
        for (String database : databases(files)) {
            server.run(database, "ANALYZE;", OpenSnapshot.LIMIT);
        }
    }

    @Override
    public void validate(SnapshotFiles files) throws IOException {
        if (source.extensions().isEmpty()) {
            return;
        }
        String database = source.databases().getFirst();
        List<String> there = List.of(
                server.ask(database, String[].class, "SELECT to_jsonb(ARRAY(SELECT extname FROM pg_extension))"));
        List<String> missing = source.extensions().stream()
                .filter(name -> !there.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new SourceException(
                    "HF-Q49",
                    "The restored database %s lacks the extensions %s. Create them before the application starts."
                            .formatted(database, String.join(", ", missing)));
        }
    }
}

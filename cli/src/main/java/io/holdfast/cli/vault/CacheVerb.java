package io.holdfast.cli.vault;

import io.holdfast.cli.repository.CacheOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import io.holdfast.cli.verb.Verb;
import io.holdfast.vault.backend.cache.Cache;
import io.holdfast.vault.backend.cache.Kept;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "cache", description = "List what is kept on this machine of repositories elsewhere, or clean it up.")
final class CacheVerb extends Verb {

    @Option(names = "--cleanup", description = "Remove what was not used for long.")
    private boolean cleanup;

    @Option(names = "--max-age", paramLabel = "DAYS", description = "How long that is. Default: 30.")
    private int maxAge = 30;

    @Option(names = "--no-size", description = "Do not tell sizes.")
    private boolean noSize;

    @Mixin
    private final CacheOptions options = new CacheOptions();

    @Override
    protected int run() throws Exception {
        if (maxAge < 0) {
            throw usage("--max-age must not be negative.");
        }
        Path directory = options.directory(surroundings());
        List<Kept> all = Cache.kept(directory);
        return cleanup ? cleanUp(all) : list(all, directory);
    }

    private int list(List<Kept> all, Path directory) {
        if (output().isJson()) {
            output().json(all.stream()
                    .map(kept -> new Shown(kept.repository(), kept.used(), isOld(kept), kept.bytes()))
                    .toList());
            return ExitCodes.DONE;
        }
        Table table =
                noSize ? new Table("Repo ID", "Last Used", "Old") : new Table("Repo ID", "Last Used", "Old", ">Size");
        for (Kept kept : all) {
            List<String> row = List.of(
                    kept.repository().substring(0, 10),
                    days(kept) + " days ago",
                    isOld(kept) ? "yes" : "",
                    Text.size(kept.bytes()));
            table.row(row.subList(0, noSize ? 3 : 4).toArray(String[]::new));
        }
        if (!all.isEmpty()) {
            output().table(table);
        }
        output().line("%d cached in %s".formatted(all.size(), directory));
        return ExitCodes.DONE;
    }

    private int cleanUp(List<Kept> all) throws Exception {
        List<Kept> old = all.stream().filter(this::isOld).toList();
        for (Kept kept : old) {
            kept.remove();
        }
        long bytes = old.stream().mapToLong(Kept::bytes).sum();
        if (output().isJson()) {
            output().json(new Removed("cleanup", old.size(), bytes));
        } else {
            output().line("removed %d that were not used for %d days, %s"
                    .formatted(old.size(), maxAge, Text.size(bytes)));
        }
        return ExitCodes.DONE;
    }

    private static long days(Kept kept) {
        return Duration.between(kept.used(), Instant.now()).toDays();
    }

    private boolean isOld(Kept kept) {
        return kept.used().isBefore(Instant.now().minus(Duration.ofDays(maxAge)));
    }

    private record Shown(String repository, Instant lastUsed, boolean old, long size) {}

    private record Removed(String messageType, int removed, long bytes) {}
}

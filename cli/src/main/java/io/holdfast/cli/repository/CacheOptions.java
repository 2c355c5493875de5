package io.holdfast.cli.repository;

import io.holdfast.cli.verb.Surroundings;
import io.holdfast.vault.backend.cache.Cache;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where index, snapshots and directories of repositories elsewhere are kept between commands. */
public final class CacheOptions {

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where the cache is. Default: HOLDFAST_CACHE_DIR, or holdfast in XDG_CACHE_HOME or ~/.cache.")
    private @Nullable Path directory;

    @Option(names = "--no-cache", description = "Read everything from the repository.")
    private boolean none;

    /** Where the cache is, whether it is to be used or not. */
    public Path directory(Surroundings surroundings) {
        return directory != null ? directory : Cache.usualDirectory(surroundings::environment);
    }

    /** The cache to use, if any. */
    public Optional<Cache> cache(Surroundings surroundings) {
        return none ? Optional.empty() : Optional.of(Cache.in(directory(surroundings), Cache.USUAL_SIZE));
    }
}

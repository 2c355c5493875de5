package io.holdfast.vault.backend.cache;

import io.holdfast.vault.backend.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A directory that keeps files of remote repositories which are read again and again: index, snapshots and packs of trees
 * (restic format, "Local cache"), still encrypted.
 *
 * <p>Each repository has a directory of its own by its id, so copies of one repository share it, and several processes may
 * use it at once. What is read from it has been hashed; whatever is wrong with it is a miss, never a failure. All
 * repositories together take the space it was given: what was not used for the longest time goes first.
 */
public final class Cache {

    /** Enough for the trees of some million files. */
    public static final long USUAL_SIZE = 4L << 30;

    private final CacheSpace space;

    private Cache(CacheSpace space) {
        this.space = space;
    }

    /**
     * The cache in this directory, which is made when something is kept there.
     *
     * @param most the space in bytes that its files may take
     */
    public static Cache in(Path directory, long most) {
        if (most < 1) {
            throw new IllegalArgumentException("the cache needs space, was given %d bytes".formatted(most));
        }
        return new Cache(new CacheSpace(directory.toAbsolutePath().normalize(), most));
    }

    /**
     * Where a user's cache is: {@code HOLDFAST_CACHE_DIR}, or {@code holdfast} in {@code XDG_CACHE_HOME} or
     * {@code ~/.cache}.
     *
     * @param environment names to values, {@code System::getenv} for one
     */
    public static Path usualDirectory(Function<String, @Nullable String> environment) {
        String own = environment.apply("HOLDFAST_CACHE_DIR");
        if (own != null && !own.isBlank()) {
            return Path.of(own);
        }
        String shared = environment.apply("XDG_CACHE_HOME");
        Path caches = shared == null || shared.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(shared);
        return caches.resolve("holdfast");
    }

    /** What a cache's directory keeps of each repository; nothing where there is no cache. */
    public static List<Kept> kept(Path directory) throws IOException {
        return Kept.in(directory);
    }

    /**
     * The place, read through this cache. Keys, config and locks are never kept.
     *
     * @param repository the id of the repository there, 64 hex digits
     */
    public Backend over(Backend place, String repository) {
        if (!Kept.isId(repository)) {
            throw new IllegalArgumentException("'%s' is no repository id".formatted(repository));
        }
        return new CachedBackend(place, new CachedFiles(space, repository));
    }
}

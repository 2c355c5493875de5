package io.holdfast.vault.crypto;

import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compressor's native code. Its library unpacks it into the directory for temporary files, which may be full, or mounted so
 * that nothing there is run ({@code noexec}), as on many hardened hosts.
 */
public final class NativeCompression {

    /** The library's own setting. */
    private static final String SETTING = "ZstdTempFolder";

    private NativeCompression() {}

    /**
     * Loads it, unless it is loaded already: from the directory for temporary files, else from the user's cache.
     *
     * @throws IOException if neither will do; the message says why of each, and the remedy
     */
    public static void load() throws IOException {
        if (!Native.isLoaded()) {
            load(List.of(
                    Path.of(System.getProperty(SETTING, System.getProperty("java.io.tmpdir"))),
                    Path.of(System.getProperty("user.home"), ".cache", "holdfast")));
        }
    }

    private static void load(List<Path> directories) throws IOException {
        var failures = new ArrayList<String>();
        for (Path directory : directories) {
            String failure = failure(directory);
            if (failure == null) {
                return;
            }
            failures.add("%s (%s)".formatted(directory, failure));
        }
        throw new IOException(
                "the compressor's native code cannot be loaded from %s. It needs 1 MiB in a directory that is not mounted noexec; name one with HOLDFAST_JAVA_OPTS=-D%s=DIR"
                        .formatted(String.join(" or ", failures), SETTING));
    }

    private static @Nullable String failure(Path directory) {
        try {
            Files.createDirectories(directory);
            Native.load(directory.toFile());
            return null;
        } catch (IOException | LinkageError e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^/.*: ", "");
        }
    }
}

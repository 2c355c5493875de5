package io.holdfast.vault.files;

import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides once how this machine's files are reached. */
final class Platform {

    private static final Logger log = LoggerFactory.getLogger(Directory.class);

    private static final boolean NATIVE = decide();

    private Platform() {}

    static boolean isNative() {
        return NATIVE;
    }

    static TargetDirectory open(Path path) throws IOException {
        return NATIVE ? NativeDirectory.open(path) : PlainDirectory.open(path);
    }

    static Metadata stat(Path path) throws IOException {
        return NATIVE ? NativeDirectory.stat(path) : PlainStat.of(path);
    }

    private static boolean decide() {
        Optional<String> obstacle = obstacle();
        obstacle.ifPresent(why -> log.warn(
                "Files are reached by plain Java ({}): extended attributes, access control lists and times before 1970 are not kept, fifos and devices not restored, and nothing guards a restore against links that others plant in its target meanwhile",
                why));
        return obstacle.isEmpty();
    }

    private static Optional<String> obstacle() {
        String os = System.getProperty("os.name", "");
        String architecture = System.getProperty("os.arch", "");
        if (!os.equals("Linux") || !(architecture.equals("amd64") || architecture.equals("aarch64"))) {
            return Optional.of("%s on %s".formatted(os, architecture));
        }
        try {
            NativeDirectory.stat(Path.of("/"));
            try (TargetDirectory root = NativeDirectory.open(Path.of("/"))) {
                root.stat();
            }
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of("the C library cannot be called: " + e);
        } catch (IOException e) {
            return Optional.of("statx or /proc does not work: " + e.getMessage());
        }
    }
}

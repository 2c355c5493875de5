package io.holdfast.sources.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The container that this process runs in. An engine mounts files of its own over some of {@code /etc} in each, from a
 * directory named by the container's id. That such a directory is mounted somewhere proves nothing: on the host it is, for
 * containers that share their memory.
 */
public final class OwnContainer {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Pattern MOUNT = Pattern.compile(
            "\\S+ \\S+ \\S+ \\S*containers/([0-9a-f]{64})/\\S*?(hosts|hostname|resolv\\.conf) /etc/\\2 .*");

    private OwnContainer() {}

    /** Empty if it runs in none. */
    public static Optional<ContainerId> id() {
        return id(MOUNTS);
    }

    /** @param mounts as proc(5) describes {@code mountinfo} */
    static Optional<ContainerId> id(Path mounts) {
        try (Stream<String> lines = Files.lines(mounts)) {
            return lines.map(MOUNT::matcher)
                    .filter(Matcher::matches)
                    .map(mount -> new ContainerId(mount.group(1)))
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}

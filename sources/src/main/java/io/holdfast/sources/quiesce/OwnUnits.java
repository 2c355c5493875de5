package io.holdfast.sources.quiesce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The units of systemd that this process runs in: systemd names control groups after them. */
final class OwnUnits {

    private static final Path GROUPS = Path.of("/proc/self/cgroup");

    private OwnUnits() {}

    /** Its service, and the slices around it; names of other things may be among them. */
    static Set<String> ofThisProcess() {
        return in(GROUPS);
    }

    /** @param groups as cgroups(7) describes {@code /proc/[pid]/cgroup} */
    static Set<String> in(Path groups) {
        try (Stream<String> lines = Files.lines(groups)) {
            return lines.flatMap(line -> Stream.of(line.split("/")).skip(1)).collect(Collectors.toSet());
        } catch (IOException _) {
            return Set.of();
        }
    }
}

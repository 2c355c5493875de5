package io.holdfast.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** System calls that another process is made to see fail. */
final class Refused {

    private Refused() {}

    /** The command, run so that each of its threads gets EIO in answer to the given one of its calls of that name. */
    static List<String> command(String call, int when, Path trace, List<String> command) {
        List<String> traced = new ArrayList<>(List.of("strace", "-f", "-y", "--seccomp-bpf", "-o", trace.toString()));
        traced.addAll(List.of("-e", "trace=" + call, "-e", "inject=%s:error=EIO:when=%d".formatted(call, when)));
        traced.addAll(command);
        return traced;
    }

    /** The calls that failed so, with the paths of what they were for. */
    static List<String> calls(Path trace) throws IOException {
        List<String> refused = new ArrayList<>();
        Map<String, String> unfinished = new HashMap<>();
        for (String line : Files.readAllLines(trace)) {
            String thread = line.substring(0, line.indexOf(' '));
            if (line.contains("<unfinished")) {
                unfinished.put(thread, line);
            } else if (line.contains("(INJECTED)")) {
                refused.add(line.contains(" resumed>") ? unfinished.get(thread) : line);
            }
        }
        return refused;
    }
}

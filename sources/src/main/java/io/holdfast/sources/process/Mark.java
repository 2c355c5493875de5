package io.holdfast.sources.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A variable by which a command and all that it starts can be found again, even what was started in the background and has
 * lost its parent.
 */
record Mark(String value) {

    private static final String NAME = "HOLDFAST_COMMAND";
    private static final Path PROCESSES = Path.of("/proc");

    static Mark random() {
        return new Mark(UUID.randomUUID().toString());
    }

    void put(Map<String, String> environment) {
        environment.put(NAME, value);
    }

    /** Running processes of this host that have it; none where there is no {@code /proc}. */
    List<ProcessHandle> bearers() {
        List<ProcessHandle> bearers = new ArrayList<>();
        if (!Files.isDirectory(PROCESSES)) {
            return bearers;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (isBorneBy(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(bearers::add);
                }
            }
        } catch (IOException | UncheckedIOException _) {
            // Those that were found are killed.
        }
        return bearers;
    }

    private boolean isBorneBy(Path process) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return List.of(environment.split("\0")).contains(NAME + "=" + value);
        } catch (IOException _) {
            return false;
        }
    }
}

package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.Text;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Where a running {@code up} can be reached, as it wrote it into its data directory. */
record Endpoints(String console, String brokers, long pid) {

    private static final String FILE = "endpoints.json";

    /** Refuses what a dead process left behind: its ports may belong to somebody else by now. */
    static Endpoints of(Path data) {
        Path file = data.resolve(FILE);
        try {
            JsonNode json = Json.tree(Files.readAllBytes(file));
            Endpoints endpoints = new Endpoints(
                    json.path("console").asString(""),
                    json.path("brokers").asString(""),
                    json.path("pid").asLong(0));
            if (ProcessHandle.of(endpoints.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
                throw notRunning(data, "process %d, which ran it, has ended".formatted(endpoints.pid()));
            }
            return endpoints;
        } catch (NoSuchFileException _) {
            throw notRunning(data, "there is no " + file);
        } catch (AccessDeniedException _) {
            throw Code.NOT_RUNNING.because(
                    "Cannot tell whether Holdfast runs on the data directory %s: this user may not read %s. Nothing was changed, and every backup is safe. Ask as the user who runs 'holdfast up'."
                            .formatted(data.toAbsolutePath().normalize(), file));
        } catch (IOException | IllegalArgumentException e) {
            throw notRunning(data, "%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    static CliException notRunning(Path data, String why) {
        return Code.NOT_RUNNING.because(
                "Holdfast is not running on the data directory %s: %s. Nothing was changed, and every backup is safe; 'holdfast vault' works on repositories without it. Start it with 'holdfast up --data %s', name its directory with --data, or another console with --server."
                        .formatted(data.toAbsolutePath().normalize(), why, Text.quoted(data.toString())));
    }
}

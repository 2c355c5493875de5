package io.holdfast.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs of the operating system that check Holdfast's work independently. */
final class Programs {

    private Programs() {}

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Runs a program to its good end and returns what it wrote. */
    static String run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException("%s ended with %d:%n%s".formatted(command, status, output));
        }
        return output;
    }

    /** Every byte is there. The check wants the repository for itself, and the platform may just be writing to it. */
    static void resticCheck(TestStack stack, String place, Map<String, String> keys) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsMatching(e -> String.valueOf(e.getMessage()).contains("already locked"))
                .until(() -> restic(stack, place, keys, "check", "--read-data").contains("no errors were found"));
    }

    /** Stock restic on one place of a stack. */
    static String restic(TestStack stack, String place, Map<String, String> keys, String... arguments)
            throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                "restic",
                "-r",
                place,
                "--password-file",
                stack.passwordFile().toString(),
                "--cache-dir",
                stack.data().resolve("restic-cache").toString()));
        command.addAll(List.of(arguments));
        return run(stack.data(), keys, command);
    }
}

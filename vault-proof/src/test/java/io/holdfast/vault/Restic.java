package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.vault.backend.local.LocalBackend;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stock program, as judge of what is written here. */
record Restic(String command, Path repository, Map<String, String> environment, String password) {

    static final String PASSWORD = "correct horse battery staple";

    /** Where a restic comes from. A test with {@code @EnumSource} runs with each that is there. */
    enum Program {
        /** The machine's own. */
        INSTALLED,
        /** A second one, which the environment names. */
        NEWER;

        private static final String VARIABLE = "HOLDFAST_RESTIC_NEWER";

        Restic on(Path repository) {
            return switch (this) {
                case INSTALLED -> {
                    boolean installed = Arrays.stream(
                                    System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "restic")));
                    assumeTrue(
                            installed,
                            "restic is not installed, so nothing can judge the repository: install it to run this test");
                    yield new Restic("restic", repository, Map.of(), PASSWORD);
                }
                case NEWER -> {
                    String path = System.getenv().getOrDefault(VARIABLE, "");
                    assumeTrue(
                            !path.isEmpty(),
                            VARIABLE + " names no newer restic to judge the repository: see .ci/newer-restic");
                    yield new Restic(path, repository, Map.of(), PASSWORD);
                }
            };
        }
    }

    record Outcome(int exit, String output) {}

    static Restic on(Path repository) {
        return Program.INSTALLED.on(repository);
    }

    /** As versions after 0.18 are: they tell the device of hard links only, not of every file. */
    Restic withDevicesOfHardLinksOnly() {
        return new Restic(command, repository, Map.of("RESTIC_FEATURES", "device-id-for-hardlinks=true"), password);
    }

    Restic withPassword(String other) {
        return new Restic(command, repository, environment, other);
    }

    Outcome attempt(String... arguments) {
        return attempt(Path.of(""), password, List.of(arguments));
    }

    /** Runs it in a directory, which must be absolute to be another one than the test's. */
    Outcome attempt(Path directory, String with, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(command, "--no-cache", "--repo", repository.toString()));
        words.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(directory.toAbsolutePath().toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            builder.environment().put("RESTIC_PASSWORD", with);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String run(String... arguments) {
        return successful(attempt(arguments));
    }

    /**
     * Backs a directory up by its bare name, so that nothing above it is part of the snapshot; gives restic's summary, in
     * JSON.
     */
    JsonNode backup(Path directory, String... options) {
        List<String> arguments = new ArrayList<>(List.of("backup", "--json"));
        arguments.addAll(List.of(options));
        arguments.add(directory.getFileName().toString());
        String output = successful(attempt(directory.toAbsolutePath().resolveSibling(""), password, arguments));
        return JsonMapper.shared()
                .readTree(output.lines()
                        .filter(line -> line.contains("\"message_type\":\"summary\""))
                        .findFirst()
                        .orElseThrow());
    }

    private static String successful(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output();
    }

    /**
     * Makes the repository, and gives it a key that costs either program nothing to derive. restic's own takes most of the
     * time of a short command; {@link OursReadsResticIT} keeps it.
     */
    Restic init() throws IOException {
        run("init");
        try (Vault vault = Vault.open(LocalBackend.at(repository), Password.of(password), Duration.ZERO)) {
            vault.keys().changePassword(Password.of(password));
        }
        return this;
    }

    void checksEveryByte() {
        assertThat(run("check", "--read-data")).contains("no errors were found");
    }
}

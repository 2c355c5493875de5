package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The stock program, as judge of what is written here. */
record Restic(String command, Path repository) {

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
                    yield new Restic("restic", repository);
                }
                case NEWER -> {
                    String path = System.getenv().getOrDefault(VARIABLE, "");
                    assumeTrue(
                            !path.isEmpty(),
                            VARIABLE + " names no newer restic to judge the repository: see .ci/newer-restic");
                    yield new Restic(path, repository);
                }
            };
        }
    }

    record Outcome(int exit, String output) {}

    static Restic on(Path repository) {
        return Program.INSTALLED.on(repository);
    }

    Outcome attempt(String... arguments) {
        List<String> words = new ArrayList<>(List.of(command, "--no-cache", "--repo", repository.toString()));
        words.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("RESTIC_PASSWORD", PASSWORD);
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
        Outcome outcome = attempt(arguments);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output();
    }

    void checksEveryByte() {
        assertThat(run("check", "--read-data")).contains("no errors were found");
    }
}

package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, stopped as Ctrl-C stops it. */
class InterruptedIT {

    @TempDir
    Path temp;

    private Process start(Path err, String... args) throws IOException {
        // A process that inherits ignored signals, as one in the background may, would never see Ctrl-C.
        Stream<String> java = Stream.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                HoldfastCli.class.getName());
        var builder = new ProcessBuilder(Stream.concat(java, Stream.of(args)).toList())
                .redirectError(err.toFile())
                .redirectOutput(temp.resolve("out").toFile());
        builder.environment().put("HOLDFAST_REPOSITORY", temp.resolve("repo").toString());
        builder.environment().put("HOLDFAST_PASSWORD", "correct horse");
        return builder.start();
    }

    @Test
    void saysSoGivesBackItsLockAndExitsWithOneHundredAndThirty() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/env")), "env is needed to start a process that Ctrl-C reaches");
        Path err = temp.resolve("err");
        Process init = start(err, "vault", "init");
        assertThat(init.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(init.exitValue()).as(Files.readString(err)).isZero();
        Process backup = start(err, "vault", "backup", "--exclude", "*.none", "/usr");
        Path locks = temp.resolve("repo/locks");
        await().atMost(Duration.ofMinutes(2)).until(() -> hasFiles(temp.resolve("repo/data")));
        assertThat(hasFiles(locks)).isTrue();
        new ProcessBuilder("kill", "-INT", String.valueOf(backup.pid())).start().waitFor();
        assertThat(backup.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(backup.exitValue()).isEqualTo(130);
        assertThat(err)
                .content()
                .startsWith("HF-L15 Interrupted. No snapshot was made")
                .hasLineCount(1);
        assertThat(hasFiles(locks)).isFalse();
        assertThat(temp.resolve("out")).isEmptyFile();
    }

    private static boolean hasFiles(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }
}

package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

    @TempDir
    private Path directory;

    private SiteSettings site;

    @BeforeEach
    void settings() {
        site = new SiteSettings("here", directory, Duration.ofSeconds(5), List.of());
    }

    @Test
    void refusesASecondHolderInTheSameProcess() throws IOException {
        try (var held = StateDirectory.of(site, "worker")) {
            assertThatThrownBy(() -> StateDirectory.of(site, "worker"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("HF-J01 Another worker of site here already works in " + held.path());
        }
    }

    @Test
    @Timeout(60)
    void refusesASecondProcess() throws Exception {
        try (var _ = StateDirectory.of(site, "worker")) {
            assertThat(inAnotherProcess()).isEqualTo(OtherProcess.REFUSED);
        }
        assertThat(inAnotherProcess()).isEqualTo(OtherProcess.HELD);
    }

    @Test
    void isFreeAgainAfterItsHolder() throws IOException {
        StateDirectory.of(site, "worker").close();

        StateDirectory.of(site, "worker").close();
    }

    @Test
    void keepsServicesApart() throws IOException {
        try (var worker = StateDirectory.of(site, "worker");
                var restore = StateDirectory.of(site, "restore")) {
            assertThat(worker.path()).isEqualTo(directory.resolve("worker")).isNotEqualTo(restore.path());
        }
    }

    private int inAnotherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Tries to take the directory, and tells by its exit code. */
    static final class OtherProcess {

        static final int HELD = 10;
        static final int REFUSED = 11;

        private OtherProcess() {}

        public static void main(String[] arguments) {
            var site = new SiteSettings("here", Path.of(arguments[0]), Duration.ofSeconds(5), List.of());
            try (var _ = StateDirectory.of(site, "worker")) {
                System.exit(HELD);
            } catch (IOException e) {
                System.exit(REFUSED);
            }
        }
    }
}

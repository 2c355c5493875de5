package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on the built program. */
class LauncherIT {

    private static final String LAUNCHER =
            Path.of("../holdfast").toAbsolutePath().normalize().toString();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path temp;

    /** As cron and systemd start it. */
    @Test
    void takesNamesForUtf8WhereTheLocaleSaysNothing() throws Exception {
        var environment = Map.of(
                "LC_ALL", "", "LC_CTYPE", "", "LANG", "", "HOLDFAST_NO_AOT", "1", "HOLDFAST_PASSWORD", "correct horse");
        Programs.run(temp, environment, List.of("sh", "-c", "mkdir B\u00fccher && echo x > B\u00fccher/\u00fcber"));
        Programs.run(temp, environment, List.of(LAUNCHER, "vault", "init", "-r", "T\u00fcr"));

        Programs.run(temp, environment, List.of(LAUNCHER, "vault", "backup", "-r", "T\u00fcr", "B\u00fccher"));

        assertThat(Programs.run(temp, environment, List.of(LAUNCHER, "vault", "ls", "-r", "T\u00fcr", "latest")))
                .contains("/B\u00fccher/\u00fcber");
    }
}

package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.LoopbackPorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The one command: started twice, interrupted, started again, given a broken plan. */
class UpIT {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    /** Of a process that ended in order; one that takes too long ends itself with another. */
    private static final int INTERRUPTED = 130;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void endsOnInterruptAndGoesOnWhereItStopped() throws Exception {
        Path data = directory.resolve("my data");
        String backup;
        try (RunningHoldfast holdfast = RunningHoldfast.up(data, null)) {
            await().untilAsserted(() -> assertThat(holdfast.output()).contains("Holdfast is ready", "RECOVERY SHEET"));
            assertThat(holdfast.output()).contains("status --data '%s'\n".formatted(data));
            assertThat(holdfast.output())
                    .doesNotContain(Files.readString(data.resolve("token")).strip())
                    .doesNotContain(Files.readString(data.resolve("secrets/vault-password"))
                            .strip());
            assertSecondStartIsRefused(data);
            backup = holdfast.console().awaitFirstBackup();
            holdfast.console().awaitBackup(backup, "vault", "east", "west");
            holdfast.interrupt();
            assertThat(holdfast.exit(STOP_WITHIN)).isEqualTo(INTERRUPTED);
            assertThat(holdfast.output()).endsWith("Stopping Holdfast ...\n");
            assertThat(data.resolve("endpoints.json")).doesNotExist();
        }
        assertStartIsRefusedWhileSomebodyHasTheRegionsPort(data);
        try (RunningHoldfast holdfast = RunningHoldfast.upForAProgram(data)) {
            Console console = holdfast.console();
            await().untilAsserted(() -> assertThat(holdfast.output())
                    .contains(
                            "{\"console\":\"%s\"".formatted(holdfast.endpoints().console())));
            console.awaitBackup(backup, "vault", "east", "west");
            console.awaitBackup(console.backUp("second-start"), "vault", "east", "west");
        }
    }

    /** The plan names it: at another port the region would not be found. */
    private static void assertStartIsRefusedWhileSomebodyHasTheRegionsPort(Path data) throws Exception {
        int port = LoopbackPorts.find(data.resolve("ports"), "east").orElseThrow();
        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral(LoopbackPorts.HOST));
                RunningHoldfast refused = RunningHoldfast.launchUp(data, null)) {
            assertThat(refused.exit(Duration.ofMinutes(2))).isEqualTo(1);
            assertThat(refused.output())
                    .contains("HF-S01 Cannot open port %d on 127.0.0.1 for 'east'".formatted(port))
                    .doesNotContain("\tat ");
            assertThat(data.resolve("logs/holdfast.log"))
                    .content()
                    .as("services begin nothing in a start that is refused")
                    .containsOnlyOnce("Started Holdfast in ");
        }
    }

    @Test
    void endsWithAClearWordWhenItsDiskIsFullAndGoesOnWhenThereIsRoomAgain() throws Exception {
        assumeThat(SmallDisk.isPossible())
                .as("needs unshare and the right to make a mount namespace")
                .isTrue();
        Path data = directory.resolve("data");
        try (SmallDisk disk = SmallDisk.of(directory, 64)) {
            String backup;
            try (RunningHoldfast holdfast = RunningHoldfast.up(disk, data)) {
                backup = holdfast.console().awaitFirstBackup();
                holdfast.console().awaitBackup(backup, "vault", "east", "west");

                disk.fill();

                assertThat(holdfast.exit(Duration.ofSeconds(60))).isEqualTo(1);
                assertThat(holdfast.output())
                        .contains("HF-S14 The broker had to stop: ", " on the disk of " + data)
                        .doesNotContain("\tat ");
            }
            disk.free();
            try (RunningHoldfast holdfast = RunningHoldfast.up(disk, data)) {
                Console console = holdfast.console();
                console.awaitBackup(backup, "vault", "east", "west");
                console.awaitBackup(console.backUp("room-again"), "vault", "east", "west");
            }
        }
    }

    private static void assertSecondStartIsRefused(Path data) throws Exception {
        try (RunningHoldfast second = RunningHoldfast.launchUp(data, null)) {
            assertThat(second.exit(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(second.output()).contains("HF-S61", "status --data '%s'".formatted(data));
        }
    }

    @Test
    void refusesABrokenPlanWithAllItsProblems() throws Exception {
        Path plan = directory.resolve("broken.yaml");
        Files.writeString(plan, """
                version: 1
                vaults:
                  directory: /var/lib/vaults
                  password: in-clear
                stacks:
                  - name: Bad Name
                    class: no-such-class
                    components: []
                """);
        try (RunningHoldfast holdfast = RunningHoldfast.launchUp(directory.resolve("data"), plan)) {
            assertThat(holdfast.exit(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(holdfast.output())
                    .contains("HF-S36", "broken.yaml", "nothing was started")
                    .contains("password", "Bad Name", "no-such-class", "list is empty")
                    .doesNotContain("\tat ");
        }
        assertThat(directory.resolve("data/broker")).doesNotExist();
    }
}

package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackPortsTest {

    private final Set<Integer> taken = new HashSet<>();

    @TempDir
    private Path directory;

    @Test
    void findsAChosenPortAgain() {
        int chosen = ports().claim("broker", 0);

        assertThat(ports().claim("broker", 0)).isEqualTo(chosen);
        assertThat(LoopbackPorts.find(file(), "broker")).hasValue(chosen);
    }

    @Test
    void knowsNoPortBeforeOneIsClaimed() {
        assertThat(LoopbackPorts.find(file(), "broker")).isEmpty();
    }

    @Test
    void choosesAnotherPortWhenTheKeptOneWasTaken() {
        int before = ports().claim("broker", 0);
        taken.add(before);

        int now = ports().claim("broker", 0);

        assertThat(now).isNotEqualTo(before);
        assertThat(LoopbackPorts.find(file(), "broker")).hasValue(now);
    }

    @Test
    void keepsAnAddressThatWasHandedOutThoughSomebodyElseListensThere() {
        int before = ports().keep("east");
        taken.add(before);

        assertThat(ports().keep("east")).isEqualTo(before);
        assertThat(ports().claim("broker", 0)).isNotEqualTo(before);
    }

    @Test
    void refusesAWantedPortThatIsTaken() {
        taken.add(9092);

        assertThatThrownBy(() -> ports().claim("broker", 9092))
                .isInstanceOf(EmbeddedPartException.class)
                .hasMessageStartingWith("HF-S01 Cannot open port 9092 on 127.0.0.1 for 'broker'");
        assertThat(LoopbackPorts.find(file(), "broker")).isEmpty();
    }

    @Test
    void refusesAKeptPortThatIsTakenOnlyWhenItIsNeeded() {
        LoopbackPorts ports = ports();
        int port = ports.keep("east");
        ports.requireFree("east", port);
        taken.add(port);

        assertThat(ports().keep("east")).isEqualTo(port);
        assertThatThrownBy(() -> ports.requireFree("east", port))
                .hasMessageStartingWith("HF-S01 Cannot open port %d on 127.0.0.1 for 'east'".formatted(port));
    }

    @Test
    void refusesOnePortForTwoServers() {
        LoopbackPorts ports = ports();
        ports.claim("broker", 9092);

        assertThatThrownBy(() -> ports.claim("controller", 9092)).hasMessageStartingWith("HF-S01");
    }

    @Test
    void keepsTheOtherNames() {
        ports().claim("broker", 9092);
        ports().claim("web", 8080);

        assertThat(LoopbackPorts.find(file(), "broker")).hasValue(9092);
        assertThat(LoopbackPorts.find(file(), "web")).hasValue(8080);
    }

    @Test
    void passesOverLinesThatMakeNoSense() throws IOException {
        Files.writeString(file(), "broker=9092\nweb=99999\n\u0000\u00ff\nmail=25x\ncontr");

        assertThat(LoopbackPorts.find(file(), "broker")).hasValue(9092);
        assertThat(LoopbackPorts.find(file(), "web")).isEmpty();
        assertThat(LoopbackPorts.find(file(), "mail")).isEmpty();
    }

    @Test
    void seesThatAPortIsTakenOnThisMachine() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            assertThatThrownBy(() -> new LoopbackPorts(file()).claim("broker", other.getLocalPort()))
                    .hasMessageStartingWith("HF-S01");
        }
    }

    @Test
    void saysWhenThePortsCannotBeKept() throws IOException {
        Files.writeString(directory.resolve("ports"), "");
        Path below = directory.resolve("ports").resolve("file");

        assertThatThrownBy(() -> new LoopbackPorts(below, _ -> true).claim("broker", 0))
                .hasMessageStartingWith("HF-S03 Cannot keep the chosen ports in " + below);
    }

    private LoopbackPorts ports() {
        return new LoopbackPorts(file(), port -> !taken.contains(port));
    }

    private Path file() {
        return directory.resolve("ports");
    }
}

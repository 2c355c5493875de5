package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;

/** Who can be reached from elsewhere: what listens on every address listens on this one too. */
final class Loopback {

    private static final String ANOTHER = "127.0.0.2";

    private Loopback() {}

    static void assertListensNowhereElse(String what, int port) throws IOException {
        try (var reached = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            assertThat(reached.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral(ANOTHER), port).close())
                .as(what)
                .isInstanceOf(ConnectException.class);
    }
}

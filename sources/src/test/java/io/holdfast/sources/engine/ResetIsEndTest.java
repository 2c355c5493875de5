package io.holdfast.sources.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResetIsEndTest {

    @TempDir
    private Path directory;

    @Test
    void endsWhereAnEngineClosesWhatItHasNotReadAllOf() throws IOException {
        try (SocketChannel client = connectionThatIsClosedUnread("printed")) {
            assertThat(new ResetIsEnd(Channels.newInputStream(client)).readAllBytes())
                    .asString()
                    .isEqualTo("printed");
        }
        try (SocketChannel client = connectionThatIsClosedUnread("printed")) {
            InputStream bare = Channels.newInputStream(client);
            assertThatThrownBy(bare::readAllBytes).isInstanceOf(SocketException.class);
        }
    }

    private SocketChannel connectionThatIsClosedUnread(String printed) throws IOException {
        var address = UnixDomainSocketAddress.of(directory.resolve("engine" + System.nanoTime()));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel client = SocketChannel.open(address);
            client.write(ByteBuffer.wrap("more than it needs".getBytes(StandardCharsets.US_ASCII)));
            try (SocketChannel engine = server.accept()) {
                engine.write(ByteBuffer.wrap(printed.getBytes(StandardCharsets.US_ASCII)));
            }
            return client;
        }
    }
}

package io.holdfast.sources.docker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Passes calls on to the engine of this machine, over TCP, as far as it is told to. One call for each connection. */
final class SocketProxy implements Closeable {

    private static final UnixDomainSocketAddress ENGINE = UnixDomainSocketAddress.of("/var/run/docker.sock");

    private final ServerSocket server;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> allowed = _ -> true;
    private volatile Function<String, Optional<String>> answers = _ -> Optional.empty();
    private volatile long mostBytes = Long.MAX_VALUE;

    /** @param server bound to the loopback */
    SocketProxy(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().start(this::serve);
    }

    static SocketProxy plain() throws IOException {
        return new SocketProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    String address() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** All calls so far, those that were denied too, each as {@code METHOD /path}. */
    List<String> calls() {
        return calls;
    }

    /** Denies what does not match. */
    void allow(Predicate<String> calls) {
        allowed = calls;
    }

    /** Answers with JSON instead of the engine. */
    void answer(Function<String, Optional<String>> json) {
        answers = json;
    }

    /** Breaks off every answer after so many bytes. */
    void breakOffAfter(long bytes) {
        mostBytes = bytes;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                // Closed, or a client without a certificate.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String call = head.substring(0, head.indexOf(" HTTP/"));
            calls.add(call);
            Optional<String> answer = answers.apply(call);
            if (answer.isPresent()) {
                answer(client.getOutputStream(), "200 OK", answer.get());
            } else if (allowed.test(call)) {
                passOn(client, head);
            } else {
                answer(client.getOutputStream(), "403 Forbidden", "{\"message\":\"not allowed\"}");
            }
        } catch (IOException _) {
            // The client sees it.
        }
    }

    private void passOn(Socket client, String head) throws IOException {
        try (SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.connect(ENGINE);
            OutputStream out = Channels.newOutputStream(engine);
            out.write(head.replaceFirst("(?i)\r\nConnection: keep-alive", "\r\nConnection: close")
                    .getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> {
                try {
                    client.getInputStream().transferTo(out);
                } catch (IOException _) {
                    // It has all it wants.
                }
            });
            InputStream in = Channels.newInputStream(engine);
            byte[] buffer = new byte[64 * 1024];
            long passed = 0;
            for (int read = in.read(buffer); read >= 0 && passed < mostBytes; read = in.read(buffer)) {
                client.getOutputStream().write(buffer, 0, (int) Math.min(read, mostBytes - passed));
                client.getOutputStream().flush();
                passed += read;
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                return "";
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static void answer(OutputStream out, String status, String json) throws IOException {
        out.write("HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, json.length(), json)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

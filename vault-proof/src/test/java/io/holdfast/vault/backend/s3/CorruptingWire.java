package io.holdfast.vault.backend.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to a local port that changes one byte of {@link #victim()} on its way there, and nothing else. */
final class CorruptingWire implements AutoCloseable {

    private static final byte MARK = (byte) 0xfe;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger corrupted = new AtomicInteger();
    private final int target;

    CorruptingWire(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    /** Content with a byte that no request's head contains. */
    static byte[] victim() {
        byte[] content = new byte[5_000];
        Arrays.fill(content, (byte) 'a');
        content[4_000] = MARK;
        return content;
    }

    int port() {
        return listener.getLocalPort();
    }

    int corrupted() {
        return corrupted.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> copy(client, server, true));
                threads.execute(() -> copy(server, client, false));
            }
        } catch (IOException _) {
            // The test is over: the listener was closed.
        }
    }

    private void copy(Socket from, Socket to, boolean corrupting) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (corrupting) {
                    corrupt(buffer, read);
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException _) {
            // One side hung up, which ends the other as well.
        }
    }

    private void corrupt(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == MARK) {
                buffer[i] = 'b';
                corrupted.incrementAndGet();
            }
        }
    }
}

package io.holdfast.sources.process;

import io.holdfast.sources.process.CommandFailed.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream to a command's stdin, on a thread of its own. If the stream fails, the command is killed before it could
 * take what came until then for everything.
 */
final class Feed {

    private static final int BUFFER = 64 * 1024;
    private static final Duration LAST_READ = Duration.ofSeconds(10);

    private final InputStream from;
    private final Watched command;
    private final Thread thread;
    private volatile @Nullable Exception failure;

    Feed(InputStream from, Watched command) {
        this.from = from;
        this.command = command;
        thread = Thread.ofVirtual().name("stdin").start(this::copy);
    }

    private void copy() {
        OutputStream to = command.stdin();
        byte[] buffer = new byte[BUFFER];
        int read;
        while ((read = read(buffer)) > 0) {
            if (!write(to, buffer, read)) {
                return;
            }
        }
        if (failure == null) {
            closed(to);
        }
    }

    private int read(byte[] buffer) {
        try {
            return command.isOver() ? -1 : from.read(buffer);
        } catch (IOException | RuntimeException e) {
            if (!command.isOver()) {
                failure = e;
                command.end(Reason.NOT_READ);
            }
            return -1;
        }
    }

    /** False if the command takes no more. Whether that is a failure its status tells. */
    private static boolean write(OutputStream to, byte[] buffer, int length) {
        try {
            to.write(buffer, 0, length);
            to.flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void closed(OutputStream to) {
        try {
            to.close();
        } catch (IOException _) {
            // It has ended already, and its status tells how.
        }
    }

    /** After the command has ended: fails if the stream did. */
    void end() throws IOException {
        thread.interrupt();
        try {
            thread.join(LAST_READ);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
    }
}

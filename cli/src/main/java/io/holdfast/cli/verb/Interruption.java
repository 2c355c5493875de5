package io.holdfast.cli.verb;

import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Output;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends a command in order when its process is told to stop (Ctrl-C): says so, interrupts the work, and lets it give back
 * its locks. The process then ends as the signal demands, with 130 for Ctrl-C.
 */
final class Interruption implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** @param word what an interruption means for what the command does; read only if there is one */
    Interruption(Output output, Supplier<String> word) {
        Thread worker = Thread.currentThread();
        hook = new Thread(
                () -> {
                    output.error(Code.INTERRUPTED.wire(), word.get());
                    output.silence();
                    worker.interrupt();
                    awaitEnd();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitEnd() {
        try {
            boolean _ = done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the hook is what ends the process
        }
    }
}

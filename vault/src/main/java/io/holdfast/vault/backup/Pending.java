package io.holdfast.vault.backup;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Carries {@link IOException}s through {@link CompletableFuture}s. */
final class Pending {

    interface Work<T> {
        T run() throws IOException;
    }

    private Pending() {}

    static <T> Supplier<T> supplier(Work<T> work) {
        return () -> {
            try {
                return work.run();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        };
    }

    /** Waits for the result; throws what the work threw. */
    static <T> T result(CompletableFuture<T> pending) throws IOException {
        try {
            return pending.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw e;
            }
        }
    }
}

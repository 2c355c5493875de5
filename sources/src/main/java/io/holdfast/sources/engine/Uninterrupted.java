package io.holdfast.sources.engine;

/** Tidies up on a thread that may have been interrupted, and leaves it so. */
final class Uninterrupted {

    interface Tidying {
        void run() throws EngineException;
    }

    private Uninterrupted() {}

    static void run(Tidying tidying) throws EngineException {
        boolean interrupted = Thread.interrupted();
        try {
            tidying.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

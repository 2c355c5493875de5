package io.holdfast.vault.tree;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Goes through trees with several threads, depth first, so that little is waiting at any time. */
public final class TreeWalk {

    private static final int THREADS = 4;

    /** What is done on the way, by any thread. */
    public interface Visitor {

        /** Whether to read this tree: the visitor remembers which it has seen. */
        boolean enter(BlobId tree) throws IOException;

        /** One entry of a tree; its subtree will be asked for afterwards. */
        void node(BlobId tree, Node node) throws IOException;

        /** A tree that cannot be read. What lies below it stays unknown. */
        void damaged(BlobId tree, DamagedException damage) throws IOException;
    }

    private final Trees trees;
    private final Visitor visitor;
    private final Deque<BlobId> waiting = new ArrayDeque<>();
    private int reading;
    private boolean failed;

    private TreeWalk(Trees trees, Visitor visitor) {
        this.trees = trees;
        this.visitor = visitor;
    }

    /** Returns when everything below the roots has been visited; the first failure of any thread ends it. */
    public static void through(Trees trees, Collection<BlobId> roots, Visitor visitor) throws IOException {
        TreeWalk walk = new TreeWalk(trees, visitor);
        walk.waiting.addAll(roots);
        walk.run();
    }

    private void run() throws IOException {
        try (ExecutorService pool = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("vault-walk-", 0).factory())) {
            var workers = IntStream.range(0, THREADS)
                    .mapToObj(_ -> pool.submit(this::work))
                    .toList();
            for (Future<?> worker : workers) {
                await(worker);
            }
        }
    }

    private void await(Future<?> worker) throws IOException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a tree could not be visited", e.getCause());
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading trees");
        }
    }

    private @Nullable Void work() throws IOException {
        try {
            for (BlobId tree = next(); tree != null; tree = next()) {
                if (visitor.enter(tree)) {
                    read(tree);
                }
                done();
            }
            return null;
        } catch (IOException | RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private void read(BlobId tree) throws IOException {
        @Nullable TreeReader nodes = attempt(tree, () -> trees.open(tree));
        @Nullable Node node = nodes == null ? null : attempt(tree, nodes::next);
        while (nodes != null && node != null) {
            visitor.node(tree, node);
            BlobId subtree = node.subtree();
            if (subtree != null) {
                add(subtree);
            }
            node = attempt(tree, nodes::next);
        }
    }

    private interface Reading<T> {
        @Nullable
        T read() throws IOException;
    }

    /** What is read, or null when it is damaged and the visitor has been told. */
    private <T> @Nullable T attempt(BlobId tree, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (DamagedException e) {
            visitor.damaged(tree, e);
            return null;
        }
    }

    private synchronized void add(BlobId tree) {
        waiting.push(tree);
        notifyAll();
    }

    private synchronized @Nullable BlobId next() throws InterruptedIOException {
        while (!failed && waiting.isEmpty() && reading > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading trees");
            }
        }
        if (failed || waiting.isEmpty()) {
            return null;
        }
        reading++;
        return waiting.pop();
    }

    private synchronized void done() {
        reading--;
        notifyAll();
    }

    private synchronized void stop() {
        failed = true;
        notifyAll();
    }
}

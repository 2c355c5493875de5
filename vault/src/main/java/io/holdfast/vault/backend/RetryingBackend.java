package io.holdfast.vault.backend;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.CheckedRunnable;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.holdfast.vault.backend.BackendException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats calls that failed for a reason that may pass, as their {@link Kind} tells. Damage is looked at once more and
 * then believed. An interrupted thread repeats nothing.
 */
public final class RetryingBackend extends ForwardingBackend {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingBackend.class);
    private static final double JITTER = 0.5;
    private static final int GROWTH = 2;

    private final RetrySettings settings;
    private final IntervalFunction delays;

    public RetryingBackend(Backend place, RetrySettings settings) {
        super(place);
        this.settings = settings;
        this.delays = IntervalFunction.ofExponentialRandomBackoff(settings.firstDelay(), GROWTH, JITTER);
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        repeat(() -> place.store(handle, buffer, length));
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        return repeat(() -> place.load(handle));
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        return repeat(() -> place.load(handle, offset, length));
    }

    @Override
    public void load(Handle handle, long offset, int length, byte[] buffer) throws BackendException {
        repeat(() -> place.load(handle, offset, length, buffer));
    }

    @Override
    public long size(Handle handle) throws BackendException {
        return repeat(() -> place.size(handle));
    }

    @Override
    public Optional<Instant> storedAt(Handle handle) throws BackendException {
        return repeat(() -> place.storedAt(handle));
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        return repeat(() -> place.list(type));
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        repeat(() -> place.delete(handle));
    }

    @Override
    public boolean retain(Handle handle, Instant until) throws BackendException {
        return repeat(() -> place.retain(handle, until));
    }

    private void repeat(CheckedRunnable call) throws BackendException {
        repeat(() -> {
            call.run();
            return place;
        });
    }

    private <T> T repeat(CheckedSupplier<T> call) throws BackendException {
        try {
            return retry().executeCheckedSupplier(call);
        } catch (BackendException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a backend threw what it does not declare", e);
        }
    }

    private Retry retry() {
        long start = System.nanoTime();
        AtomicInteger damages = new AtomicInteger();
        Retry retry = Retry.of(
                location(),
                RetryConfig.custom()
                        .maxAttempts(settings.attempts())
                        .intervalFunction(attempt -> Math.min(
                                delays.apply(attempt), Math.max(0, left(start).toMillis()) + 1))
                        .retryOnException(
                                e -> isWorthRepeating(e, damages) && left(start).isPositive())
                        .build());
        retry.getEventPublisher()
                .onRetry(event -> LOG.atInfo()
                        .addKeyValue("location", location())
                        .addKeyValue("attempt", event.getNumberOfRetryAttempts() + 1)
                        .addKeyValue("reason", event.getLastThrowable())
                        .log("Trying again"));
        return retry;
    }

    private Duration left(long start) {
        return settings.budget().minusNanos(System.nanoTime() - start);
    }

    private static boolean isWorthRepeating(Throwable failure, AtomicInteger damages) {
        return failure instanceof BackendException e
                && e.kind().worthRetrying()
                && (e.kind() != Kind.DAMAGED || damages.incrementAndGet() == 1)
                && !Thread.currentThread().isInterrupted();
    }
}

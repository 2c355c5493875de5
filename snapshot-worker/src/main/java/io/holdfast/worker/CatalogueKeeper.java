package io.holdfast.worker;

import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Announces the catalogue when the service starts, whenever a plan is published, and daily. */
final class CatalogueKeeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CatalogueKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final SitePlan plan;
    private final VaultCatalogue catalogue;
    private final Duration retry;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("catalogue").daemon().factory());
    private volatile boolean running;

    CatalogueKeeper(SitePlan plan, VaultCatalogue catalogue) {
        this(plan, catalogue, RETRY);
    }

    CatalogueKeeper(SitePlan plan, VaultCatalogue catalogue, Duration retry) {
        this.plan = plan;
        this.catalogue = catalogue;
        this.retry = retry;
    }

    @Override
    public void start() {
        running = true;
        plan.onPublished(this::soon);
        var _ = timer.scheduleWithFixedDelay(this::announce, 0, 1, TimeUnit.DAYS);
    }

    private void soon() {
        in(Duration.ZERO);
    }

    /** Several reasons to announce, of which none has begun, are one. */
    private void in(Duration pause) {
        if (running && due.compareAndSet(false, true)) {
            var _ = timer.schedule(this::announce, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void announce() {
        due.set(false);
        try {
            catalogue.announceAll();
        } catch (IOException e) {
            for (Throwable vault : e.getSuppressed()) {
                log.warn("The catalogue is announced again in {} seconds: {}", retry.toSeconds(), vault.getMessage());
            }
            in(retry);
        } catch (BrokerUnavailable e) {
            log.warn("The catalogue is announced again in {} seconds: {}", retry.toSeconds(), e.getMessage());
            in(retry);
        } catch (RuntimeException e) {
            log.error("The catalogue could not be announced; it is tried again in {} seconds", retry.toSeconds(), e);
            in(retry);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

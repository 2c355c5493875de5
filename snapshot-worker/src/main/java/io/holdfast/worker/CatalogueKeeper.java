package io.holdfast.worker;

import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.SitePlan;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Announces the catalogue when the service starts, whenever a plan is published, and daily. */
final class CatalogueKeeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CatalogueKeeper.class);
    private static final long RETRY_SECONDS = 10;

    private final SitePlan plan;
    private final VaultCatalogue catalogue;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("catalogue").daemon().factory());
    private volatile boolean running;

    CatalogueKeeper(SitePlan plan, VaultCatalogue catalogue) {
        this.plan = plan;
        this.catalogue = catalogue;
    }

    @Override
    public void start() {
        running = true;
        plan.onPublished(this::soon);
        var _ = timer.scheduleWithFixedDelay(this::announce, 0, 1, TimeUnit.DAYS);
    }

    private void soon() {
        if (running) {
            timer.execute(this::announce);
        }
    }

    private void announce() {
        try {
            catalogue.announceAll();
        } catch (IOException | BrokerUnavailable e) {
            log.warn("The catalogue is announced again in {} seconds: {}", RETRY_SECONDS, e.getMessage());
            if (running) {
                var _ = timer.schedule(this::announce, RETRY_SECONDS, TimeUnit.SECONDS);
            }
        } catch (RuntimeException e) {
            log.error("The catalogue could not be announced", e);
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

package io.holdfast.standalone;

import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.broker.BrokerSettings;
import io.holdfast.embedded.broker.EmbeddedBroker;
import io.holdfast.embedded.mail.MailCatcher;
import io.holdfast.embedded.mail.MailSettings;
import io.holdfast.embedded.regions.EmbeddedRegion;
import io.holdfast.plan.Plan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.LoggerFactory;

/**
 * What stands in for the outside world on one machine: broker, S3 regions, mail server. They start side by side, regions
 * and mail server once logging is set up: what they log meanwhile would find no appender, and be answered on the terminal.
 */
final class EmbeddedParts implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final boolean catchesMail;
    private final CompletableFuture<Void> brokerStarted;
    private final CompletableFuture<Void> loggingSetUp = new CompletableFuture<>();
    private final List<CompletableFuture<? extends AutoCloseable>> others = new ArrayList<>();

    private EmbeddedParts(EmbeddedBroker broker, boolean catchesMail) {
        this.broker = broker;
        this.catchesMail = catchesMail;
        this.brokerStarted = CompletableFuture.runAsync(broker::start, EmbeddedParts::inThread);
    }

    /**
     * Starts the broker, and those regions and the mail catcher that the plan speaks of.
     *
     * @throws EmbeddedPartException when another program has the port of one: nothing has been started
     */
    static EmbeddedParts start(DataDirectory data, LoopbackPorts ports, DemoPlaces demo, Plan plan) throws UpProblem {
        demo.regionsOf(plan).forEach(region -> ports.requireFree(region.name(), region.port()));
        if (demo.catchMailOf(plan)) {
            ports.requireFree("mail", demo.mailPort());
        }
        var parts = new EmbeddedParts(
                new EmbeddedBroker(BrokerSettings.in(data.of("broker"), ports)), demo.catchMailOf(plan));
        for (DemoPlaces.DemoRegion region : demo.regionsOf(plan)) {
            var settings = region.settings(data);
            parts.others.add(
                    parts.loggingSetUp.thenApplyAsync(_ -> EmbeddedRegion.start(settings), EmbeddedParts::inThread));
        }
        if (parts.catchesMail) {
            parts.others.add(parts.loggingSetUp.thenApplyAsync(
                    _ -> MailCatcher.start(MailSettings.in(data.of("mail"), demo.mailPort()), Clock.systemUTC()),
                    EmbeddedParts::inThread));
        }
        return parts;
    }

    private static void inThread(Runnable work) {
        Thread.ofPlatform().name("embedded-start").daemon().start(work);
    }

    String brokers() {
        return broker.bootstrapServers();
    }

    /** Whether the plan's mail is caught here. */
    boolean catchesMail() {
        return catchesMail;
    }

    void loggingIsSetUp() {
        loggingSetUp.complete(null);
    }

    /** Waits until clients can connect. */
    void awaitBroker() {
        join(brokerStarted);
    }

    /** Waits until every part answers. */
    void awaitAll() {
        join(brokerStarted);
        others.forEach(EmbeddedParts::join);
    }

    /** Completes when the broker had to be given up, with what to tell the operator. */
    CompletionStage<EmbeddedPartException> failure() {
        return broker.failure();
    }

    /** @throws EmbeddedPartException when the broker had to be given up */
    void requireBroker() {
        CompletableFuture<EmbeddedPartException> failure = broker.failure().toCompletableFuture();
        if (failure.isDone()) {
            throw failure.join();
        }
    }

    private static void join(CompletableFuture<?> part) {
        try {
            part.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    @Override
    public void close() {
        for (CompletableFuture<? extends AutoCloseable> part : others) {
            if (part.isDone() && !part.isCompletedExceptionally()) {
                close(part.join());
            }
        }
        broker.close();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(EmbeddedParts.class).warn("A part did not close", e);
        }
    }
}

package io.holdfast.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.console.CollectingPublisher;
import io.holdfast.console.Samples;
import io.holdfast.console.settings.ConsoleSettings;
import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.messaging.Announcer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class IdempotencyTest {

    private static final Caller OTTO = new Caller("otto", "127.0.0.1");
    private static final CreateBackup BODY = new CreateBackup("before-upgrade", null, null, null);

    private final CollectingPublisher broker = new CollectingPublisher();

    @Test
    void aKeyFindsItsBackupAgainAfterARestart() {
        String first = console(Samples.NOW).ask(BODY, OTTO, "k");

        assertThat(console(Samples.NOW.plusSeconds(600)).ask(BODY, OTTO, "k")).isEqualTo(first);
        assertThat(broker.all(io.holdfast.events.Request.RecoveryPointRequested.class))
                .hasSize(1);
    }

    @Test
    void aRestartDoesNotLetAKeyBeUsedForSomethingElse() {
        console(Samples.NOW).ask(BODY, OTTO, "k");
        var full = new CreateBackup("before-upgrade", null, null, "full");

        assertThatThrownBy(() -> console(Samples.NOW).ask(full, OTTO, "k")).hasMessageContaining("Idempotency-Key");
    }

    @Test
    void withoutAKeyEveryRequestIsItsOwn() {
        BackupRequests console = console(Samples.NOW);

        assertThat(console.ask(BODY, OTTO, null)).isNotEqualTo(console.ask(BODY, OTTO, null));
    }

    /** A console that has just started and read the topics. */
    private BackupRequests console(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        var plan = new PlanView();
        var view = new BackupsView(plan);
        plan.on(Samples.envelope(Samples.planned(Samples.REDIS)));
        broker.published().forEach(published -> view.on(published.envelope()));
        var acts = new Acts(broker, new Announcer(broker, ApiConfiguration.SOURCE, clock), clock);
        var settings = new ConsoleSettings(
                Path.of("token"),
                null,
                Path.of("state"),
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(15),
                Duration.ofSeconds(1));
        return new BackupRequests(new Backups(view, plan), view, acts, new Idempotency(clock), settings, clock);
    }
}

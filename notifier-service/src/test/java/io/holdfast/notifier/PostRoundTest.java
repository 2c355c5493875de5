package io.holdfast.notifier;

import static io.holdfast.notifier.Given.notice;
import static io.holdfast.notifier.Given.server;
import static io.holdfast.notifier.Given.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.Event;
import io.holdfast.events.NoticeEvent.NoticeSent;
import io.holdfast.events.PlanRecord.MailServer;
import io.holdfast.messaging.Announcer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostRoundTest {

    /** Far longer than the test may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void saysNothingOfAPlanThatIsNotReadYet(@TempDir Path state) throws Exception {
        var clock = new MovingClock();
        var announced = new LinkedBlockingQueue<Event>();
        var planned = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        Optional<MailServer> server = Optional.of(server(25, false, null, null));
        try (Outbox outbox = Outbox.open(state)) {
            outbox.accept(new Waiting(notice("n1"), "correlation", clock.instant()));
            var postman = new Postman(
                    outbox,
                    () -> planned.getCount() == 0 ? server : Optional.empty(),
                    (_, _) -> new Delivery.Delivered(),
                    new Announcer((_, envelope) -> announced.add(envelope.event()), "/test", clock),
                    clock,
                    settings(state));
            var round = new PostRound(postman, outbox, clock, Duration.ofDays(30), _ -> {
                asked.countDown();
                planned.await();
                return true;
            });
            round.start();
            asked.await(10, TimeUnit.SECONDS);
            planned.countDown();

            assertThat(announced.poll(10, TimeUnit.SECONDS)).isInstanceOf(NoticeSent.class);
            round.stop();
        }
    }

    @Test
    void aStopHangsUpOnAMailServerThatDoesNotAnswer(@TempDir Path state) throws Exception {
        var clock = new MovingClock();
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Outbox outbox = Outbox.open(state)) {
            var postman = new Postman(
                    outbox,
                    () -> Optional.of(server(silent.getLocalPort(), false, null, null)),
                    new Mailer(PATIENCE, null, _ -> null)::send,
                    new Announcer((_, _) -> {}, "/test", clock),
                    clock,
                    settings(state));
            silent.setSoTimeout(10_000);
            outbox.accept(new Waiting(notice("n1"), "correlation", clock.instant()));
            var round = new PostRound(postman, outbox, clock, Duration.ofDays(30), _ -> true);
            round.start();
            try (Socket connection = silent.accept()) {
                connection.setSoTimeout(10_000);
                round.stop();

                assertThat(connection.getInputStream().readAllBytes()).isEmpty();
                assertThat(outbox.waiting()).hasSize(1);
            }
        }
    }
}

package io.holdfast.notifier;

import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.messaging.MessagingConfiguration;
import io.holdfast.messaging.TopicView;
import io.holdfast.messaging.TopicViews;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.kstream.KStream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** The notifier as part of a context: alone or beside other services. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
@EnableConfigurationProperties(NotifierSettings.class)
@PropertySource("classpath:holdfast/notifier.properties")
public class NotifierConfiguration {

    @Bean
    Consumer<KStream<String, Received>> notifying(NotifierSettings settings) {
        return received -> NotifierTopology.notify(received, settings);
    }

    /** Takes notices in and acknowledges them at once; the postman sends them. */
    @Bean
    Consumer<Received> mailing(Outbox outbox, PostRound postRound, Clock clock) {
        return received -> {
            if (received instanceof Received.Known(var envelope)
                    && envelope.event() instanceof NoticeRequested notice
                    && outbox.accept(new Waiting(notice, envelope.correlation(), clock.instant()))) {
                postRound.news();
            }
        };
    }

    @Bean
    Outbox outbox(NotifierSettings settings) {
        return Outbox.open(settings.stateDirectory());
    }

    @Bean
    PlannedMail plannedMail() {
        return new PlannedMail();
    }

    @Bean
    Postman postman(
            Outbox outbox, PlannedMail plannedMail, EventPublisher publisher, Clock clock, NotifierSettings settings) {
        var mailer = new Mailer(settings.mailTimeout(), settings.trustedMailHost(), System::getenv);
        var announcer = new Announcer(publisher, NotifierTopology.SOURCE, clock);
        return new Postman(outbox, plannedMail::server, mailer::send, announcer, clock, settings);
    }

    @Bean
    PostRound postRound(
            Postman postman,
            Outbox outbox,
            PlannedMail plannedMail,
            TopicView plannedMailView,
            Clock clock,
            NotifierSettings settings) {
        var round = new PostRound(postman, outbox, clock, settings.rememberSentFor(), plannedMailView::awaitCaughtUp);
        plannedMail.onChange(() -> {
            postman.serverChanged();
            round.news();
        });
        return round;
    }

    @Bean
    TopicView plannedMailView(TopicViews views, PlannedMail plannedMail) {
        return views.of(List.of(Topics.PLAN), plannedMail::on);
    }
}

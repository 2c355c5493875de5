package io.holdfast.console.api;

import io.holdfast.console.plan.PlanPublisher;
import io.holdfast.console.settings.ConsoleSettings;
import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.IncidentsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.Readiness;
import io.holdfast.console.view.RestoresView;
import io.holdfast.console.view.StatusView;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.EventPublisher;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** The REST API over the views. */
@Configuration(proxyBeanMethods = false)
@Import(OpenApiConfiguration.class)
public class ApiConfiguration {

    /** How the console signs what it says. */
    public static final String SOURCE = "/central/console";

    /** Nothing in a body is bent into shape: 5 is no name. And nothing is said twice: which of the two would it be? */
    @Bean
    JsonMapperBuilderCustomizer consoleStrictness() {
        return mapper -> mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> Stream.of(
                                        CoercionInputShape.Integer,
                                        CoercionInputShape.Float,
                                        CoercionInputShape.Boolean)
                                .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)));
    }

    @Bean
    Acts consoleActs(EventPublisher publisher, Clock clock) {
        return new Acts(publisher, new Announcer(publisher, SOURCE, clock), clock);
    }

    @Bean
    PlanPublisher planPublisher(EventPublisher publisher, PlanView view, Readiness readiness, Clock clock) {
        return new PlanPublisher(publisher, new Announcer(publisher, SOURCE, clock), view, readiness);
    }

    @Bean
    Idempotency consoleIdempotency(Clock clock) {
        return new Idempotency(clock);
    }

    @Bean
    Backups consoleBackups(BackupsView view, PlanView plan) {
        return new Backups(view, plan);
    }

    @Bean
    SiteArchives siteArchives(StatusView status, ConsoleSettings settings, Clock clock) {
        return new SiteArchives(status, settings.siteTokenFile(), clock);
    }

    @Bean
    BackupsController backupsController(
            Backups backups,
            BackupsView view,
            Acts acts,
            Idempotency idempotency,
            ConsoleSettings settings,
            Clock clock) {
        return new BackupsController(
                backups, view, new BackupRequests(backups, view, acts, idempotency, settings, clock));
    }

    @Bean
    DownloadsController downloadsController(Backups backups, SiteArchives archives, Acts acts) {
        return new DownloadsController(backups, archives, acts);
    }

    @Bean
    RestoresController restoresController(
            Backups backups,
            PlanView plan,
            RestoresView view,
            Acts acts,
            Idempotency idempotency,
            ConsoleSettings settings,
            Clock clock) {
        return new RestoresController(
                new RestoreRequests(backups, plan, view, acts, idempotency, settings, clock), view, clock);
    }

    @Bean
    IncidentsController incidentsController(IncidentsView view, Acts acts, Clock clock) {
        return new IncidentsController(view, acts, clock);
    }

    @Bean
    StatusController statusController(
            StatusView status,
            PlanView plan,
            IncidentsView incidents,
            ConsoleSettings settings,
            Acts acts,
            Clock clock) {
        return new StatusController(status, plan, incidents, new RecoverySheet(settings.stateDirectory()), acts, clock);
    }

    @Bean
    PlanController planController(PlanView view, PlanPublisher publisher, Acts acts) {
        return new PlanController(view, publisher, acts);
    }

    @Bean
    WebMvcConfigurer consoleReadinessCheck(Readiness readiness, ConsoleSettings settings) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ReadinessCheck(readiness, settings.readyWithin()))
                        .addPathPatterns("/api/**");
            }
        };
    }
}

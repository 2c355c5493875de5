package io.holdfast.console.settings;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The console's settings.
 *
 * @param tokenFile who may come in: one plain token, or lines {@code <sha256> <name> <role>}
 * @param siteTokenFile the token that the sites' restore-services ask for; null: no downloads
 * @param stateDirectory where the console keeps the little that no event tells
 * @param maxBody the largest request body
 * @param requestsExpireAfter a backup or restore that no one has taken on by then is refused
 * @param readyWithin how long a request waits for the views after a start before it is sent away
 */
@Validated
@ConfigurationProperties("holdfast.console")
public record ConsoleSettings(
        @NotNull Path tokenFile,
        @Nullable Path siteTokenFile,
        @NotNull Path stateDirectory,
        @DefaultValue("1MB") DataSize maxBody,
        @DurationMin(seconds = 1) @DefaultValue("15m") Duration requestsExpireAfter,
        @DurationMin(seconds = 0) @DefaultValue("10s") Duration readyWithin) {}

package io.holdfast.notifier;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people are told.
 *
 * @param stateDirectory where notices wait and what was sent is remembered; it must survive a restart
 * @param checkEvery the pause between two looks at the clock; an escalation is at most this much late
 * @param mailTimeout how long the mail server may take for each step
 * @param firstRetry the pause after the first failure to hand a mail in; it doubles with each further one
 * @param longestRetry the longest such pause
 * @param noticesExpireAfter older notices are refused: they would tell of what is long over
 * @param rememberSentFor how long it is remembered what was sent; longer than notices live
 * @param trustedMailHost a mail server whose certificate is taken although no known authority signed it
 */
@Validated
@ConfigurationProperties("holdfast.notifier")
record NotifierSettings(
        @NotNull @DefaultValue("holdfast-notifier") Path stateDirectory,
        @DurationMin(millis = 100) @DefaultValue("10s") Duration checkEvery,
        @DurationMin(millis = 100) @DefaultValue("20s") Duration mailTimeout,
        @DurationMin(millis = 10) @DefaultValue("5s") Duration firstRetry,
        @DurationMin(millis = 10) @DefaultValue("10m") Duration longestRetry,
        @DurationMin(minutes = 1) @DefaultValue("7d") Duration noticesExpireAfter,
        @DurationMin(minutes = 1) @DefaultValue("30d") Duration rememberSentFor,
        @Nullable String trustedMailHost) {}

package io.holdfast.monitor;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the monitor watches.
 *
 * @param checkEvery the pause between two looks at the clock; an alert is at most this much late
 * @param freshnessMargin what a run and its copies may take beyond the schedule's longest pause
 * @param replicationLag how long a region may lack a snapshot before that is an alert
 * @param deadLettersQuiet how long a topic must be free of dead letters for its alert to clear
 * @param backlogPatience how long alerts may be held back while old records are still being read
 */
@Validated
@ConfigurationProperties("holdfast.monitor")
record MonitorSettings(
        @DurationMin(millis = 100) @DefaultValue("10s") Duration checkEvery,
        @DurationMin(seconds = 0) @DefaultValue("1h") Duration freshnessMargin,
        @DurationMin(seconds = 1) @DefaultValue("2h") Duration replicationLag,
        @DurationMin(seconds = 1) @DefaultValue("24h") Duration deadLettersQuiet,
        @DurationMin(seconds = 0) @DefaultValue("5m") Duration backlogPatience) {}

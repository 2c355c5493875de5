package io.holdfast.monitor;

import io.holdfast.events.AlertEvent.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every planned region's newest copy must be as fresh as the vault's own has to be. */
final class RegionFreshnessRule {

    private RegionFreshnessRule() {}

    static List<Finding> check(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings) {
        Duration limit = planned.limit(settings.freshnessMargin());
        return planned.regions().entrySet().stream()
                .flatMap(region -> stale(health, planned, region, limit, now))
                .toList();
    }

    private static Stream<Finding> stale(
            ComponentHealth health, Planned planned, Map.Entry<String, Instant> region, Duration limit, Instant now) {
        String name = region.getKey();
        Optional<GoodSnapshot> newest = Optional.ofNullable(health.region(name).newest());
        Instant since = newest.map(copy -> planned.staleAt(copy, limit))
                .orElseGet(() -> region.getValue().plus(limit));
        if (now.isBefore(since)) {
            return Stream.empty();
        }
        String what = newest.map(copy -> "Region %s has no copy of %s newer than %s; one is expected every %s.%s"
                        .formatted(
                                name,
                                health.component(),
                                Say.time(copy.at()),
                                Say.duration(limit),
                                planned.changedAfter(copy)
                                        .map(RegionFreshnessRule::outdated)
                                        .orElse("")))
                .orElseGet(() -> "Region %s has no copy of %s at all: planned since %s, expected within %s."
                        .formatted(name, health.component(), Say.time(region.getValue()), Say.duration(limit)));
        return Stream.of(new Finding(
                "freshness/" + health.component() + "/" + name,
                Severity.HIGH,
                name,
                "HF-A03",
                Say.message(
                        what,
                        Copies.of(health),
                        "see that region %s answers and the uploader runs; what is missing is then copied by itself. holdfast status shows its lag."
                                .formatted(name)),
                since));
    }

    private static String outdated(SourceChange change) {
        return " The plan changed what is captured at %s; that copy holds what was captured before."
                .formatted(Say.time(change.at()));
    }
}

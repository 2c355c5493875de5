package io.holdfast.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Since when a region lacks a snapshot: as its site said, or as the vault's own snapshots tell. A site says so only when a
 * try to copy has ended; one that goes on for hours, or that nobody begins, is heard of through nothing else.
 */
final class Lag {

    /** What was taken just now is on its way, and not worth a word. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    private Lag() {}

    /** Empty while nothing is known to be missing. A region new to the plan lacks nothing before it was planned. */
    static Optional<Instant> since(ComponentHealth health, Planned planned, String name, Instant now) {
        RegionHealth region = health.region(name);
        Instant asked = planned.regions().getOrDefault(name, planned.since());
        return Optional.ofNullable(region.behindSince())
                .or(() -> newerThan(region.newest(), health.vault())
                        .reduce((_, older) -> older)
                        .map(GoodSnapshot::at)
                        .map(oldest -> oldest.isBefore(asked) ? asked : oldest)
                        .filter(since -> !since.plus(ON_ITS_WAY).isAfter(now)));
    }

    /** The vault's good snapshots after the region's newest, newest first. */
    private static Stream<GoodSnapshot> newerThan(@Nullable GoodSnapshot copy, VaultHealth vault) {
        return vault.good().stream()
                .takeWhile(good -> copy == null
                        || (good.at().isAfter(copy.at()) && !good.snapshot().equals(copy.snapshot())));
    }
}

package io.holdfast.monitor;

import io.holdfast.events.AlertEvent.Severity;
import java.time.Instant;
import java.util.List;

/** The newest good snapshot must be about as large as those before it of the same source. */
final class SizeRule {

    static final int MOST_COMPARED = 10;
    static final int FEWEST_COMPARED = 3;

    private SizeRule() {}

    static List<Finding> check(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings) {
        List<GoodSnapshot> good = planned.counted(health.vault().good());
        if (good.size() <= FEWEST_COMPARED) {
            return List.of();
        }
        GoodSnapshot newest = good.getFirst();
        List<GoodSnapshot> before = good.subList(1, Math.min(good.size(), MOST_COMPARED + 1));
        double usual =
                median(before.stream().mapToLong(GoodSnapshot::bytes).sorted().toArray());
        double apart = Math.abs(newest.bytes() - usual);
        if (apart <= planned.sizeFloorBytes() || apart * 100 <= usual * planned.sizeDeviationPercent()) {
            return List.of();
        }
        return List.of(finding(health, planned, newest, before, usual));
    }

    private static double median(long[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + (double) sorted[middle]) / 2;
    }

    private static Finding finding(
            ComponentHealth health, Planned planned, GoodSnapshot newest, List<GoodSnapshot> before, double usual) {
        String what =
                "The backup of %s of %s has %s%s; the median of the %d before it is %s, and %d %% either way is allowed."
                        .formatted(
                                health.component(),
                                Say.time(newest.at()),
                                Say.bytes(newest.bytes()),
                                usual == 0 ? "" : " (%+.0f %%)".formatted((newest.bytes() - usual) * 100 / usual),
                                before.size(),
                                Say.bytes(Math.round(usual)),
                                planned.sizeDeviationPercent());
        return new Finding(
                "size/" + health.component(),
                Severity.HIGH,
                null,
                "HF-A04",
                Say.message(
                        what,
                        "the backups before it, the last of them " + Copies.described(before.getFirst())
                                + " in the vault.",
                        "find out whether data was lost, added or encrypted on purpose: compare the two snapshots. If it is meant to be so, the alert clears when further backups have the new size."),
                newest.at());
    }
}

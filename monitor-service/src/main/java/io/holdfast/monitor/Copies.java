package io.holdfast.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the newest good copies of a component are, in an operator's words. */
final class Copies {

    private Copies() {}

    static String of(ComponentHealth health) {
        var places = new ArrayList<String>();
        health.vault()
                .newest()
                .map(good -> described(good) + " in the vault" + before(health, good))
                .ifPresent(places::add);
        health.regions()
                .forEach((name, region) -> Optional.ofNullable(region.newest())
                        .map(copy -> described(copy) + " in region " + name + before(health, copy))
                        .ifPresent(places::add));
        return places.isEmpty() ? "nothing yet: no good copy is known." : joined(places);
    }

    static String described(GoodSnapshot good) {
        return "snapshot %s of %s%s"
                .formatted(
                        good.snapshot().shortForm(),
                        Say.time(good.at()),
                        good.bytes() == 0 ? "" : " (" + Say.bytes(good.bytes()) + ")");
    }

    private static String before(ComponentHealth health, GoodSnapshot good) {
        Planned planned = health.planned();
        return planned == null || planned.changedAfter(good).isEmpty()
                ? ""
                : ", of what was captured before the plan changed that";
    }

    private static String joined(List<String> places) {
        return "the last good copies are " + String.join(", ", places) + ".";
    }
}

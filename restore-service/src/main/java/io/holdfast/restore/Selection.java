package io.holdfast.restore;

import io.holdfast.events.ComponentId;
import io.holdfast.events.RestoreEvent.Step;
import io.holdfast.events.SnapshotKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots an operator means. Pure: from what a place holds to one snapshot per component.
 *
 * @param which {@code latest}, or the id or name of a recovery point, the id of a backup, or a snapshot's id or its start
 * @param at the newest state up to this instant; overrides {@code which}
 * @param asked when the operator asked: what was taken later is not the newest that was meant, so that a restore that is
 *     repeated after a crash does not choose what was captured in between
 */
record Selection(String which, @Nullable Instant at, List<String> components, Instant asked) {

    private static final String LATEST = "latest";
    private static final Comparator<Held> BY_TIME = Comparator.<Held, Instant>comparing(
                    held -> held.snapshot().time())
            .thenComparing(held -> held.snapshot().id());
    private static final Pattern SNAPSHOT_ID = Pattern.compile("[0-9a-f]{8,64}");

    /**
     * Chooses one snapshot per component.
     *
     * @throws RestoreRefusal if the choice is empty, or lacks a component that was asked for by name
     */
    List<Held> from(List<Held> held) throws RestoreRefusal {
        List<Held> candidates = candidates(held);
        if (candidates.isEmpty()) {
            throw new RestoreRefusal(
                    RestoreRefusal.NO_SNAPSHOT,
                    "There is no snapshot for '%s'. Nothing was touched. %s".formatted(wanted(), known(held)));
        }
        List<Held> newest = newestPerComponent(candidates);
        List<String> there = newest.stream().map(Held::component).toList();
        List<String> missing =
                components.stream().filter(name -> !there.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new RestoreRefusal(
                    RestoreRefusal.NOT_OF_EVERY_COMPONENT,
                    "For '%s' there is no snapshot of %s, but of %s. Nothing was touched. Choose among these, or another recovery point: 'holdfast backups' lists all."
                            .formatted(wanted(), String.join(", ", missing), String.join(", ", there)));
        }
        return newest.stream()
                .filter(it -> components.isEmpty() || components.contains(it.component()))
                .toList();
    }

    /** Of what was chosen, what the plan still has; all of it where components were named, or where the plan has none of it. */
    List<Held> planned(List<Held> chosen, Predicate<ComponentId> isPlanned) {
        List<Held> planned = matching(chosen, it -> isPlanned.test(it.tags().component()));
        return components.isEmpty() && !planned.isEmpty() ? planned : chosen;
    }

    /**
     * The snapshots with which a restore that was cut off had begun.
     *
     * @throws IOException if one of them has gone since
     */
    static List<Held> again(List<Step> begun, List<Held> held) throws IOException {
        var chosen = new ArrayList<Held>();
        for (Step step : begun) {
            String id = step.snapshot().value();
            chosen.add(held.stream()
                    .filter(it -> it.snapshot().id().toString().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "snapshot %s, which this restore began with, is no longer there".formatted(id))));
        }
        return chosen;
    }

    /** Whether it asks for the newest of each component, and not for what belongs together. */
    boolean isNewest() {
        return at != null || which.equals(LATEST);
    }

    /** Whether it names the recovery point that a snapshot belongs to, by id or name. */
    boolean namesPointOf(Held held) {
        return which.equals(held.tags().recoveryPoint().value())
                || which.equals(held.tags().name());
    }

    private List<Held> candidates(List<Held> held) throws RestoreRefusal {
        List<Held> regular = matching(held, it -> it.tags().kind() == SnapshotKind.REGULAR);
        if (at != null) {
            return takenUpTo(at.isBefore(asked) ? at : asked, regular);
        }
        if (which.equals(LATEST)) {
            return takenUpTo(asked, regular);
        }
        List<Held> ofPoint =
                matching(regular, it -> it.tags().recoveryPoint().value().equals(which));
        if (!ofPoint.isEmpty()) {
            return ofPoint;
        }
        List<Held> ofBackup = matching(regular, it -> it.tags().backup().value().equals(which));
        if (!ofBackup.isEmpty()) {
            return ofBackup;
        }
        List<Held> ofSnapshot = bySnapshotId(held);
        return ofSnapshot.isEmpty() ? byName(takenUpTo(asked, regular)) : ofSnapshot;
    }

    private List<Held> bySnapshotId(List<Held> held) throws RestoreRefusal {
        if (!SNAPSHOT_ID.matcher(which).matches()) {
            return List.of();
        }
        List<Held> matches = matching(
                held,
                it -> it.tags().kind() != SnapshotKind.MANIFEST
                        && it.snapshot().id().toString().startsWith(which));
        if (matches.size() > 1) {
            throw new RestoreRefusal(
                    "HF-R12",
                    "'%s' begins the id of %d snapshots. Nothing was touched. Give more of the id; the snapshots are %s."
                            .formatted(
                                    which,
                                    matches.size(),
                                    matches.stream()
                                            .limit(5)
                                            .map(it -> it.snapshot()
                                                    .id()
                                                    .toString()
                                                    .substring(0, 16))
                                            .collect(Collectors.joining(", "))));
        }
        return matches;
    }

    /** The newest recovery point of that name. */
    private List<Held> byName(List<Held> regular) {
        List<Held> named = matching(regular, it -> which.equals(it.tags().name()));
        return named.stream()
                .max(BY_TIME)
                .map(newest -> matching(
                        named,
                        it -> it.tags().recoveryPoint().equals(newest.tags().recoveryPoint())))
                .orElse(List.of());
    }

    private static List<Held> takenUpTo(Instant last, List<Held> held) {
        return matching(held, it -> !it.snapshot().time().isAfter(last));
    }

    private static List<Held> matching(List<Held> held, Predicate<Held> predicate) {
        return held.stream().filter(predicate).toList();
    }

    private static List<Held> newestPerComponent(List<Held> candidates) {
        return candidates.stream()
                .collect(Collectors.groupingBy(Held::component, Collectors.maxBy(BY_TIME)))
                .values()
                .stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Held::component))
                .toList();
    }

    private String wanted() {
        return at == null ? which : "the state at " + at;
    }

    private static String known(Collection<Held> held) {
        String newest = held.stream()
                .filter(it -> it.tags().kind() == SnapshotKind.REGULAR)
                .sorted(BY_TIME.reversed())
                .map(it -> it.tags().recoveryPoint().value())
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
        return newest.isEmpty()
                ? "This place holds no backups of the stack."
                : "The newest recovery points here are " + newest + "; 'holdfast backups' lists all.";
    }
}

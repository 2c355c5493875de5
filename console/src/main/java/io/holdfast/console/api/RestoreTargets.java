package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.view.BackupsView.Listed;
import io.holdfast.console.view.ComponentBackup;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What a restore is to bring back, checked against the backups there are. */
final class RestoreTargets {

    private static final Pattern SNAPSHOT = Pattern.compile("[0-9a-f]{8,64}");

    private final Backups backups;
    private final Clock clock;

    RestoreTargets(Backups backups, Clock clock) {
        this.backups = backups;
        this.clock = clock;
    }

    /**
     * What a site is asked for.
     *
     * @param which {@code latest}, or an id: names are resolved
     * @param at what was the latest then; null for now
     */
    record Target(Choice choice, String which, @Nullable Instant at) {

        Target(Choice choice, String which) {
            this(choice, which, null);
        }
    }

    /** Finds out what is meant. What the console does not know a region may hold: where one is named, the site looks there. */
    Target of(RestoreBackup body) {
        List<String> collections = Checks.collections(body.collections());
        String stack = Choice.stack(Checks.filled("stack", body.stack()), collections);
        String which = body.backupId();
        if (body.at() != null) {
            if (which != null) {
                throw Checks.invalid("'backup_id' and 'at' exclude each other: each tells which state is wanted.");
            }
            Instant at = Checks.past("at", body.at(), clock.instant());
            return new Target(newest(body, stack, collections), Checks.LATEST, at);
        }
        if (which == null || which.isBlank()) {
            throw Checks.invalid(
                    "The request does not tell what to restore. Give 'backup_id': an id, a name or 'latest'; or give 'at', an instant.");
        }
        if (which.equals(Checks.LATEST)) {
            return new Target(newest(body, stack, collections), Checks.LATEST);
        }
        return ofOne(body, Checks.line("backup_id", which), stack, collections);
    }

    private Choice newest(RestoreBackup body, @Nullable String stack, List<String> collections) {
        Choice choice = backups.choice(stack, collections);
        if (body.fromRegion() == null && !backups.hasAny(choice.stack())) {
            throw backups.unknown(Checks.LATEST, choice.stack());
        }
        return choice;
    }

    private Target ofOne(RestoreBackup body, String which, @Nullable String stack, List<String> collections) {
        boolean inRegion = body.fromRegion() != null;
        if (!backups.isPoint(which, stack)) {
            var holding = backups.holding(which, stack);
            if (holding.isPresent()) {
                return ofComponent(which, holding.get(), collections, inRegion);
            }
            if (inRegion || SNAPSHOT.matcher(which).matches()) {
                // What only the site can know, or refuses: a region's, or the state that a restore replaced.
                return new Target(backups.choice(stack, collections), which);
            }
        }
        Listed listed = backups.find(which, stack);
        Choice choice = inRegion
                ? Choice.of(listed.point().stack(), collections, backups.restorable())
                : chosen(listed, collections, listed.point().components().keySet());
        return new Target(choice, listed.point().id().value());
    }

    private static Target ofComponent(String which, Listed listed, List<String> collections, boolean inRegion) {
        String component = listed.point().components().values().stream()
                .filter(c -> c.isNamed(which))
                .map(ComponentBackup::component)
                .findFirst()
                .orElseThrow();
        List<String> asked = collections.isEmpty() ? List.of(component) : collections;
        Choice choice = inRegion ? among(listed, asked, Set.of(component)) : chosen(listed, asked, Set.of(component));
        return new Target(choice, which);
    }

    /** The chosen components of a recovery point, which must have snapshots. */
    static Choice chosen(Listed listed, List<String> collections, Collection<String> there) {
        Choice choice = among(listed, collections, there);
        requireSnapshots(listed, choice);
        return choice;
    }

    private static Choice among(Listed listed, List<String> collections, Collection<String> there) {
        SortedMap<String, Collection<String>> known = new TreeMap<>();
        known.put(listed.point().stack(), there);
        return Choice.of(listed.point().stack(), collections, known);
    }

    /** Of the components that were named, each must be there; of the whole, at least one. */
    private static void requireSnapshots(Listed listed, Choice choice) {
        boolean whole = choice.components().isEmpty();
        Collection<String> chosen = whole ? listed.point().components().keySet() : choice.components();
        List<String> missing =
                chosen.stream().filter(component -> !listed.holds(component)).toList();
        boolean enough = whole ? missing.size() < chosen.size() : missing.isEmpty();
        if (!enough) {
            throw new ConsoleProblem(
                    HttpStatus.CONFLICT,
                    Code.NOTHING_TO_RESTORE,
                    "The backup %s, which is %s, holds no snapshot of %s in any place: it is not done, failed, or its snapshots were removed. Nothing was changed. See %s%s, or choose another backup."
                            .formatted(
                                    listed.point().id(),
                                    listed.point().status(),
                                    missing.isEmpty() ? "anything" : missing,
                                    BackupsController.PATH,
                                    listed.point().id()));
        }
    }
}

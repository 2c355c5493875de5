package io.holdfast.console.api;

import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.view.BackupsView.Listed;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The backup that {@code latest} stands for where one is to be shown or read. A restore of the latest takes the newest
 * snapshot of each component; where these are of several backups, none of them is it.
 */
final class LatestBackup {

    private LatestBackup() {}

    private record Newest(Listed backup, Instant taken) {

        Newest or(Newest other) {
            return other.taken.isAfter(taken) ? other : this;
        }
    }

    /**
     * Finds the backup that holds the newest snapshots of all of these components; empty if there are none.
     *
     * @throws ConsoleProblem if these are of several backups
     */
    static Optional<Listed> of(String stack, Collection<String> components, List<Listed> backups) {
        SortedMap<String, Newest> newest = newest(components, backups);
        Map<String, List<String>> byBackup = newest.entrySet().stream()
                .collect(Collectors.groupingBy(
                        each -> each.getValue().backup().point().id().value(),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        if (byBackup.size() > 1) {
            throw Checks.invalid(
                    "'latest' is not one backup of the stack '%s': the newest snapshots are of several, %s. Give the id of one of them."
                            .formatted(stack, byBackup));
        }
        return newest.values().stream().map(Newest::backup).findFirst();
    }

    private static SortedMap<String, Newest> newest(Collection<String> components, List<Listed> backups) {
        var newest = new TreeMap<String, Newest>();
        for (Listed backup : backups) {
            backup.point().taken().stream()
                    .filter(taken -> components.contains(taken.component()) && backup.holds(taken.component()))
                    .forEach(taken -> newest.merge(taken.component(), new Newest(backup, taken.at()), Newest::or));
        }
        return newest;
    }
}

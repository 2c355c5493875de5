package io.holdfast.scheduler;

import io.holdfast.events.BackupKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Backups of a recovery point that a site is asked for by one request, again and again as well: those of one site that are
 * captured together, or a single one. If one of them fails, all are captured again, for they are to be of one moment.
 *
 * @param members ordered by component
 */
record BackupGroup(List<ComponentBackup> members) {

    BackupGroup {
        members = List.copyOf(members);
    }

    /** @param backups ordered by component */
    static List<BackupGroup> of(Collection<ComponentBackup> backups) {
        Map<String, List<ComponentBackup>> groups = new LinkedHashMap<>();
        for (ComponentBackup backup : backups) {
            String key = backup.inGroup() ? backup.site() : backup.site() + "/" + backup.component();
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(backup);
        }
        return groups.values().stream().map(BackupGroup::new).toList();
    }

    ComponentBackup first() {
        return members.getFirst();
    }

    /** The other components, by name; null if there are none. */
    @Nullable
    List<String> others() {
        return members.size() == 1
                ? null
                : members.stream()
                        .skip(1)
                        .map(member -> member.component().component())
                        .toList();
    }

    BackupKind kind() {
        return members.stream().anyMatch(member -> member.kind() == BackupKind.FULL)
                ? BackupKind.FULL
                : BackupKind.INCREMENTAL;
    }

    /** When the site is to be asked, or asked again; while it is at some of them not for those that have failed. */
    Instant askAt() {
        boolean under = members.stream().anyMatch(ComponentBackup::isAsked);
        return members.stream()
                .filter(member -> !under || member.isAsked())
                .map(ComponentBackup::askAt)
                .reduce(Instant.MAX, Instants::earlier);
    }

    BackupGroup askedAgain(Instant now, SchedulerSettings settings) {
        int attempt = members.stream().mapToInt(ComponentBackup::attempt).max().orElse(0) + 1;
        int retries = members.stream()
                .filter(member -> !member.ended())
                .mapToInt(ComponentBackup::retries)
                .min()
                .orElse(0);
        return new BackupGroup(members.stream()
                .map(member -> member.asked(attempt, retries, now, settings))
                .toList());
    }
}

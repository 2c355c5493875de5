package io.holdfast.vault.retention;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** By what snapshots belong together: a policy is applied to each group on its own. */
public record Grouping(Set<By> by) {

    /** What may be equal within a group. */
    public enum By {
        HOST,
        PATHS,
        TAGS
    }

    /** One group's name: what is not grouped by is empty. Paths and tags are sorted. */
    public record Group(String host, List<String> paths, List<String> tags) {

        /** For people. */
        @Override
        public String toString() {
            String text = (host.isEmpty() ? "" : "host " + host)
                    + (paths.isEmpty() ? "" : " paths " + String.join(", ", paths))
                    + (tags.isEmpty() ? "" : " tags " + String.join(", ", tags));
            return text.isEmpty() ? "all snapshots" : text.strip();
        }
    }

    /** As restic groups unless told otherwise. */
    public static final Grouping STANDARD = new Grouping(EnumSet.of(By.HOST, By.PATHS));

    public Grouping {
        by = Set.copyOf(by);
    }

    /** Reads {@code host,paths,tags}, any of them; nothing puts all snapshots in one group. */
    public static Grouping parse(String text) {
        return new Grouping(Arrays.stream(text.split(","))
                .filter(word -> !word.isEmpty())
                .map(Grouping::by)
                .collect(Collectors.toSet()));
    }

    private static By by(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "host" -> By.HOST;
            case "path", "paths" -> By.PATHS;
            case "tag", "tags" -> By.TAGS;
            default -> throw new IllegalArgumentException("'%s' is not host, paths or tags".formatted(word));
        };
    }

    /** The groups in the order in which their first snapshots come. */
    public Map<Group, List<Snapshot>> groups(List<Snapshot> snapshots) {
        return snapshots.stream()
                .collect(Collectors.groupingBy(this::groupOf, LinkedHashMap::new, Collectors.toList()));
    }

    private Group groupOf(Snapshot snapshot) {
        return new Group(
                by.contains(By.HOST) ? snapshot.hostname() : "",
                sorted(By.PATHS, snapshot, Snapshot::paths),
                sorted(By.TAGS, snapshot, Snapshot::tags));
    }

    private List<String> sorted(By what, Snapshot snapshot, Function<Snapshot, List<String>> texts) {
        return by.contains(what) ? texts.apply(snapshot).stream().sorted().toList() : List.of();
    }
}

package io.holdfast.vault.retention;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Snapshots and policies drawn at random, near and far from each other and from the edges of the calendar. */
public final class Histories {

    /** Later than every snapshot drawn. */
    public static final Instant NOW = Instant.parse("2025-03-01T00:00:00Z");

    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(7),
            Duration.ofMinutes(55),
            Duration.ofHours(11),
            Duration.ofHours(25),
            Duration.ofDays(3),
            Duration.ofDays(12),
            Duration.ofDays(40),
            Duration.ofDays(300));
    private static final List<List<String>> TAGS =
            List.of(List.of(), List.of("a"), List.of("b"), List.of("a", "b"), List.of("b", "c", "a"));

    private Histories() {}

    public static Snapshot snapshot(Instant time, ZoneOffset offset, String host, List<String> tags) {
        String name = time + host + tags;
        return new Snapshot(
                SnapshotId.ofContent(name.getBytes(StandardCharsets.UTF_8)),
                time,
                offset,
                host,
                "user",
                List.of("/data"),
                tags,
                List.of(),
                null,
                null,
                BlobId.ofContent(new byte[0]),
                null,
                "test");
    }

    /** Snapshots of one host, no two of the same time. */
    public static List<Snapshot> draw(Random random, String host, int most) {
        List<Snapshot> snapshots = new ArrayList<>();
        Instant time = NOW.minus(Duration.ofSeconds(random.nextInt(1, 100_000_000)));
        ZoneOffset offset = offset(random);
        int count = random.nextInt(most) + 1;
        for (int i = 0; i < count; i++) {
            snapshots.add(snapshot(time, offset, host, TAGS.get(random.nextInt(TAGS.size()))));
            Duration step = STEPS.get(random.nextInt(STEPS.size()));
            time = time.minusSeconds(random.nextLong(1, step.toSeconds()));
            offset = random.nextInt(5) == 0 ? offset(random) : offset;
        }
        return snapshots;
    }

    private static ZoneOffset offset(Random random) {
        return ZoneOffset.ofTotalSeconds(random.nextInt(-4 * 12, 4 * 14) * 900);
    }

    /** A policy of a few rules, each kind at most once. */
    public static RetentionPolicy policy(Random random) {
        List<KeepRule> rules = new ArrayList<>();
        int wanted = random.nextInt(1, 5);
        List<KeepRule> all = new ArrayList<>(List.of(
                new KeepRule.Last(random.nextInt(1, 6)),
                new KeepRule.Within(span(random)),
                new KeepRule.Tagged(TAGS.get(random.nextInt(1, TAGS.size())))));
        for (Period period : Period.values()) {
            all.add(new KeepRule.Newest(period, random.nextInt(1, 8)));
            all.add(new KeepRule.NewestWithin(period, span(random)));
        }
        for (int i = 0; i < wanted; i++) {
            rules.add(all.remove(random.nextInt(all.size())));
        }
        return new RetentionPolicy(rules);
    }

    private static Span span(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Span(0, 0, 0, random.nextInt(1, 100));
            case 1 -> new Span(0, 0, random.nextInt(1, 60), 0);
            case 2 -> new Span(0, random.nextInt(1, 30), 0, 0);
            default -> new Span(random.nextInt(1, 3), random.nextInt(12), random.nextInt(40), random.nextInt(30));
        };
    }
}

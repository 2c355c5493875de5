package io.holdfast.plan;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the keys that classes, stacks and components share. */
final class PolicyReader {

    static final List<String> KEYS =
            List.of("schedule", "keep", "regions", "rpo", "rto", "max-downtime", "priority", "size-deviation");
    static final List<String> SCHEDULE_KEYS = List.of("cron", "kind", "jitter");
    static final List<String> KEEP_KEYS = List.of("last", "hourly", "daily", "weekly", "monthly", "yearly", "within");
    static final List<String> SIZE_DEVIATION_KEYS = List.of("percent", "floor");

    private static final Duration USUAL_JITTER = Duration.ofMinutes(1);
    private static final Value<Integer> PERCENT = Values.parsed(
            Code.BAD_VALUE, text -> Sizes.parsePercent(text.endsWith("%") ? text : text + "%"), "Write such as 20%");
    private static final Value<Schedule> CRON = Values.parsed(
            Code.BAD_SCHEDULE,
            text -> Schedule.of(text, ZoneId.of("UTC"), RunKind.INCREMENTAL, Duration.ZERO),
            "Write five fields as cron does, such as \"0 2 * * *\" for every day at 02:00, or \"@daily\"");

    private final Collection<String> regions;

    PolicyReader(Collection<String> regions) {
        this.regions = regions;
    }

    Policy read(Fields fields) {
        return new Policy(
                fields.optional("schedule", PolicyReader::schedules),
                fields.optional("keep", PolicyReader::keep),
                fields.optional("regions", this::regions),
                new Objectives(
                        fields.optional("rpo", Values.DURATION),
                        fields.optional("rto", Values.DURATION),
                        fields.optional("max-downtime", Values.DURATION),
                        fields.optional("priority", Values.oneOf(Priority.class))),
                fields.optional("size-deviation", PolicyReader::sizeDeviation));
    }

    private @Nullable List<String> regions(Located at, Problems problems) {
        List<String> names = Values.list(reference("region", regions)).read(at, problems);
        return names == null ? null : names.stream().distinct().toList();
    }

    /** The name of something that must exist. */
    static Value<String> reference(String what, Collection<String> known) {
        return (at, problems) -> {
            String name = Values.text(at, problems);
            if (name == null || known.contains(name)) {
                return name;
            }
            problems.add(
                    Code.UNKNOWN_REFERENCE,
                    at,
                    "there is no %s '%s'".formatted(what, Values.shown(name)),
                    Suggestion.remedy(name, known));
            return null;
        };
    }

    static @Nullable Retention keep(Located at, Problems problems) {
        return Fields.of(at, KEEP_KEYS, problems)
                .map(fields -> {
                    int before = problems.size();
                    Value<Integer> count = Values.integer(0, 100_000);
                    int[] counts = Stream.of("last", "hourly", "daily", "weekly", "monthly", "yearly")
                            .mapToInt(key -> fields.optional(key, count, 0))
                            .toArray();
                    Duration within = fields.optional("within", Values.DURATION);
                    if (problems.size() > before) {
                        return null;
                    }
                    if (within == null && IntStream.of(counts).sum() == 0) {
                        problems.add(
                                Code.CONTRADICTION,
                                at,
                                "this retention would keep nothing",
                                "Write such as {within: 30d} or {last: 10}");
                        return null;
                    }
                    return new Retention(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], within);
                })
                .orElse(null);
    }

    private static @Nullable SizeDeviation sizeDeviation(Located at, Problems problems) {
        if (at.node() instanceof ScalarNode) {
            Integer percent = Values.PERCENT.read(at, problems);
            return percent == null ? null : new SizeDeviation(percent, SizeDeviation.DEFAULT.floorBytes());
        }
        return Fields.of(at, SIZE_DEVIATION_KEYS, problems)
                .map(fields -> new SizeDeviation(
                        fields.optional("percent", PERCENT, SizeDeviation.DEFAULT.percent()),
                        fields.optional("floor", Values.SIZE, SizeDeviation.DEFAULT.floorBytes())))
                .orElse(null);
    }

    private static @Nullable List<Schedule> schedules(Located at, Problems problems) {
        if (at.node() instanceof SequenceNode) {
            List<Schedule> schedules = Values.some(PolicyReader::schedule).read(at, problems);
            return schedules == null || schedules.isEmpty() ? null : schedules;
        }
        Schedule schedule = schedule(at, problems);
        return schedule == null ? null : List.of(schedule);
    }

    private static @Nullable Schedule schedule(Located at, Problems problems) {
        if (!(at.node() instanceof MappingNode)) {
            Schedule schedule = CRON.read(at, problems);
            return schedule == null ? null : schedule.withJitter(usualJitter(schedule));
        }
        return Fields.of(at, SCHEDULE_KEYS, problems)
                .map(fields -> schedule(fields, problems))
                .orElse(null);
    }

    private static @Nullable Schedule schedule(Fields fields, Problems problems) {
        Schedule schedule = fields.required("cron", "\"0 2 * * *\"", CRON);
        RunKind kind = fields.optional("kind", Values.oneOf(RunKind.class), RunKind.INCREMENTAL);
        Duration jitter = fields.optional("jitter", PolicyReader::jitter);
        if (schedule == null) {
            return null;
        }
        Duration shortest = Gaps.of(List.of(schedule)).shortest();
        if (jitter != null && jitter.compareTo(shortest) >= 0) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at("jitter"),
                    "a jitter of %s reaches into the next run, %s later"
                            .formatted(Durations.format(jitter), Durations.format(shortest)),
                    "Make it shorter than %s".formatted(Durations.format(shortest)));
            return null;
        }
        return schedule.of(kind).withJitter(jitter != null ? jitter : usualJitter(schedule));
    }

    private static @Nullable Duration jitter(Located at, Problems problems) {
        if (at.node() instanceof ScalarNode scalar && scalar.getValue().equals("0")) {
            return Duration.ZERO;
        }
        Duration jitter = Values.DURATION.read(at, problems);
        if (jitter == null || jitter.compareTo(Schedule.MAX_JITTER) <= 0) {
            return jitter;
        }
        problems.add(Code.BAD_VALUE, at, "a jitter of more than a day is none", "Write such as 5m, or 0");
        return null;
    }

    /** So that not all of a night's runs start in the same second. */
    private static Duration usualJitter(Schedule schedule) {
        Duration tenth = Gaps.of(List.of(schedule)).shortest().dividedBy(10);
        return tenth.compareTo(USUAL_JITTER) < 0 ? tenth : USUAL_JITTER;
    }
}

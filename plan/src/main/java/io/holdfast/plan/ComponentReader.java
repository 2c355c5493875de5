package io.holdfast.plan;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads components, and fills in what they inherit. */
final class ComponentReader {

    static final List<String> KEYS = Stream.of(
                    Stream.of("name", "class"), PolicyReader.KEYS.stream(), SourceReader.KEYS.keySet().stream())
            .flatMap(keys -> keys)
            .toList();

    private final PolicyReader policies;
    private final SourceReader sources;
    private final Map<String, DataClass> classes;
    private final Problems problems;

    /**
     * What a stack hands down.
     *
     * @param schedulesBroken whether the stack has schedules that could not be read
     * @param keepBroken whether the stack has a retention that could not be read
     */
    record Inherited(
            Policy policy,
            @Nullable String dataClass,
            ZoneId zone,
            List<String> regions,
            boolean schedulesBroken,
            boolean keepBroken) {}

    ComponentReader(PolicyReader policies, SourceReader sources, Map<String, DataClass> classes, Problems problems) {
        this.policies = policies;
        this.sources = sources;
        this.classes = classes;
        this.problems = problems;
    }

    /** A component; null if something is wrong with it, which is reported. */
    @Nullable
    Component read(Fields fields, @Nullable String name, Inherited inherited) {
        String ownClass = fields.optional("class", PolicyReader.reference("class", classes.keySet()));
        boolean classBroken = fields.has("class") && ownClass == null;
        DataClass dataClass = ownClass == null ? null : classes.get(ownClass);
        Policy policy = policies.read(fields)
                .or(dataClass == null ? Policy.SILENT : Policy.of(dataClass))
                .or(inherited.policy());
        Source source = source(fields);
        if (policy.schedules() == null && !(fields.has("schedule") || classBroken || inherited.schedulesBroken())) {
            missing(fields, "when to back up", "schedule: \"0 2 * * *\"");
        }
        if (policy.keep() == null && !(fields.has("keep") || classBroken || inherited.keepBroken())) {
            missing(fields, "how long snapshots are kept", "keep: {within: 30d}");
        }
        Timetable timetable = timetable(fields, policy, inherited.zone());
        if (name == null || source == null || timetable == null || policy.keep() == null) {
            return null;
        }
        return new Component(
                name,
                ownClass == null ? inherited.dataClass() : ownClass,
                source,
                timetable,
                policy.keep(),
                policy.regions() == null ? inherited.regions() : policy.regions(),
                policy.objectives(),
                policy.sizeDeviation() == null ? SizeDeviation.DEFAULT : policy.sizeDeviation());
    }

    private void missing(Fields fields, String what, String example) {
        problems.add(Code.MISSING, fields.at(), what + " is missing", "Add class: critical, or " + example);
    }

    private @Nullable Source source(Fields fields) {
        List<String> kinds =
                SourceReader.KEYS.keySet().stream().filter(fields::has).toList();
        if (kinds.size() == 1) {
            String kind = kinds.getFirst();
            return sources.read(kind, fields.at(kind));
        }
        problems.add(
                Code.NOT_ONE_SOURCE,
                fields.at(),
                kinds.isEmpty()
                        ? "what to capture is missing"
                        : "a component captures one thing, this one names " + String.join(" and ", kinds),
                kinds.isEmpty()
                        ? "Add one of " + String.join(", ", SourceReader.KEYS.keySet())
                        : "Make one component of each");
        return null;
    }

    private @Nullable Timetable timetable(Fields fields, Policy policy, ZoneId zone) {
        if (policy.schedules() == null) {
            return null;
        }
        Timetable timetable = new Timetable(
                policy.schedules().stream().map(schedule -> schedule.in(zone)).toList());
        Duration rpo = policy.objectives().rpo();
        if (rpo != null) {
            checkRpo(fields, rpo, timetable.longestGap());
        }
        return timetable;
    }

    private void checkRpo(Fields fields, Duration rpo, Duration gap) {
        if (gap.compareTo(rpo) > 0) {
            problems.add(
                    Code.RPO_OUT_OF_REACH,
                    fields.has("rpo") ? fields.at("rpo") : fields.at("schedule"),
                    "an RPO of %s cannot be kept by a schedule that pauses for up to %s"
                            .formatted(Durations.format(rpo), Durations.format(gap)),
                    "Let the schedule run at least every %s, or raise the RPO to %s"
                            .formatted(Durations.format(rpo), Durations.format(gap)));
        }
    }
}

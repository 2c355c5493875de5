package io.holdfast.plan;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads stacks. */
final class StackReader {

    static final List<String> KEYS = Stream.concat(
                    Stream.of("name", "site", "class", "time-zone", "consistency", "components"),
                    PolicyReader.KEYS.stream())
            .toList();

    private final ComponentReader components;
    private final PolicyReader policies;
    private final Map<String, DataClass> classes;
    private final Defaults defaults;
    private final Problems problems;
    private final Map<String, Located> names = new HashMap<>();

    /** What holds for stacks that say nothing. */
    record Defaults(String site, ZoneId zone, List<String> regions) {}

    StackReader(
            ComponentReader components,
            PolicyReader policies,
            Map<String, DataClass> classes,
            Defaults defaults,
            Problems problems) {
        this.components = components;
        this.policies = policies;
        this.classes = classes;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** A stack; null if something is wrong with it, which is reported. */
    @Nullable
    Stack read(Located at, Problems same) {
        return Fields.of(at, KEYS, same).map(this::stack).orElse(null);
    }

    private @Nullable Stack stack(Fields fields) {
        String name = name(fields, names, "stack", "my-stack", Values.NAME);
        String site = fields.optional("site", Values.SITE, defaults.site());
        ZoneId zone = fields.optional("time-zone", Values.ZONE, defaults.zone());
        Consistency consistency = fields.optional("consistency", Values.oneOf(Consistency.class), Consistency.SEPARATE);
        ComponentReader.Inherited inherited = inherited(fields, zone);
        Map<String, Located> componentNames = new HashMap<>();
        List<Component> read = fields.required(
                "components",
                "a list of what to protect",
                Values.some((at, same) -> Fields.of(at, ComponentReader.KEYS, same)
                        .map(component -> components.read(
                                component,
                                name(
                                        component,
                                        componentNames,
                                        "component of this stack",
                                        "documents",
                                        Values.COMPONENT),
                                inherited))
                        .orElse(null)));
        if (name == null || read == null || read.isEmpty()) {
            return null;
        }
        checkConsistency(fields, consistency, read);
        warnOfSingleCopies(fields, read);
        return new Stack(name, site, zone, consistency, inherited.regions(), read);
    }

    private ComponentReader.Inherited inherited(Fields fields, ZoneId zone) {
        String className = fields.optional("class", PolicyReader.reference("class", classes.keySet()));
        DataClass dataClass = className == null ? null : classes.get(className);
        Policy policy = policies.read(fields).or(dataClass == null ? Policy.SILENT : Policy.of(dataClass));
        boolean classBroken = fields.has("class") && className == null;
        return new ComponentReader.Inherited(
                policy,
                className,
                zone,
                policy.regions() == null ? defaults.regions() : policy.regions(),
                policy.schedules() == null && (classBroken || fields.has("schedule")),
                policy.keep() == null && (classBroken || fields.has("keep")));
    }

    private @Nullable String name(
            Fields fields, Map<String, Located> seen, String what, String example, Value<String> kind) {
        String name = fields.required("name", example, kind);
        Located earlier = name == null ? null : seen.putIfAbsent(name, fields.at("name"));
        if (earlier != null) {
            problems.add(
                    Code.DUPLICATE_NAME,
                    fields.at("name"),
                    "there is already a %s '%s' in line %d".formatted(what, name, earlier.line()),
                    "Give each a name of its own");
        }
        return name;
    }

    private void checkConsistency(Fields fields, Consistency consistency, List<Component> read) {
        Set<Set<String>> timetables = read.stream()
                .map(component -> component.timetable().schedules().stream()
                        .map(Schedule::toString)
                        .collect(Collectors.toSet()))
                .collect(Collectors.toSet());
        if (consistency == Consistency.TOGETHER && timetables.size() > 1) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at("consistency"),
                    "components with different schedules are never due together",
                    "Give all of this stack's components the same schedule, or write consistency: separate");
        }
        if (consistency == Consistency.TOGETHER) {
            checkAwake(fields, read);
        }
    }

    private void checkAwake(Fields fields, List<Component> together) {
        for (Component awake : together) {
            String container = mustRun(awake.source());
            together.stream()
                    .filter(_ -> container != null)
                    .filter(component -> component.source().quiesce().mode() != Quiesce.Mode.NONE)
                    .filter(component ->
                            component.source().quiesce().containers().contains(container))
                    .forEach(component -> problems.add(
                            Code.CONTRADICTION,
                            fields.at("consistency"),
                            "container '%s' is to rest for component '%s', and '%s' can only be captured while it runs"
                                    .formatted(container, component.name(), awake.name()),
                            "Take it out of containers, or write consistency: separate"));
        }
    }

    /** The container that a source is asked in, while everything else rests. */
    private static @Nullable String mustRun(Source source) {
        return switch (source) {
            case Source.PostgreSql database -> database.container();
            case Source.Command command -> command.container();
            case Source.Files _,
                    Source.DockerVolume _,
                    Source.ContainerPath _,
                    Source.ChromaDb _,
                    Source.Redis _,
                    Source.BackupApi _,
                    Source.Configuration _,
                    Source.SystemInformation _ -> null;
        };
    }

    private void warnOfSingleCopies(Fields fields, List<Component> read) {
        List<String> single = read.stream()
                .filter(component -> component.regions().isEmpty())
                .map(Component::name)
                .toList();
        if (!single.isEmpty()) {
            problems.warn(
                    Code.ONE_COPY,
                    fields.at(),
                    "there is only one copy of %s, on the host itself".formatted(String.join(", ", single)),
                    "Add a region, best on other hardware at another place");
        }
    }
}

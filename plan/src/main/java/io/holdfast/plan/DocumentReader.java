package io.holdfast.plan;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the plan from its outermost mapping. */
final class DocumentReader {

    static final List<String> KEYS = List.of(
            "version", "site", "time-zone", "vaults", "regions", "classes", "stacks", "contacts", "escalation", "mail");
    static final List<String> VAULTS_KEYS = List.of("directory", "password");

    private final PlaceReader places;
    private final Problems problems;

    DocumentReader(PlaceReader places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    /** The plan; null only if something is wrong with it, which is reported. */
    @Nullable
    Plan read(Located document) {
        return Fields.of(document, KEYS, problems).map(this::plan).orElse(null);
    }

    private @Nullable Plan plan(Fields fields) {
        Integer version = fields.required("version", "1", DocumentReader::version);
        String site = fields.optional("site", Values.SITE, "local");
        ZoneId zone = fields.optional("time-zone", Values.ZONE, ZoneId.of("UTC"));
        Vaults vaults = fields.required("vaults", "{directory: ..., password: file:...}", this::vaults);
        RegionReader regionReader = new RegionReader(places, problems);
        List<Region> regions = fields.optional("regions", Values.list(regionReader::read), List.of());
        checkRegionsAreNotTheVault(fields, vaults, regions);
        PolicyReader policies = new PolicyReader(regionReader.names());
        Map<String, DataClass> classes = classes(fields, policies);
        StackReader stackReader = new StackReader(
                new ComponentReader(
                        policies,
                        new SourceReader(places, new CaptureGuard(repositories(vaults, regions)), problems),
                        classes,
                        problems),
                policies,
                classes,
                new StackReader.Defaults(site, zone, regionReader.names()),
                problems);
        List<Stack> stacks = fields.required("stacks", "a list of what to protect", Values.some(stackReader::read));
        PeopleReader people = new PeopleReader(places, problems);
        List<Contact> contacts = people.contacts(fields);
        List<EscalationLevel> escalation = people.escalation(fields, contacts);
        Mail mail = people.mail(fields);
        warnIfNobodyIsTold(fields, escalation, mail);
        return version == null || vaults == null || stacks == null || stacks.isEmpty()
                ? null
                : new Plan(
                        version,
                        site,
                        vaults,
                        regions,
                        List.copyOf(classes.values()),
                        stacks,
                        contacts,
                        escalation,
                        mail);
    }

    private static @Nullable Integer version(Located at, Problems problems) {
        String text = Values.text(at, problems);
        if (text == null || text.equals(String.valueOf(Plan.VERSION))) {
            return text == null ? null : Plan.VERSION;
        }
        problems.add(
                Code.BAD_VERSION,
                at,
                "version '%s' of the plan's language is not known".formatted(Values.shown(text)),
                "Write version: 1");
        return null;
    }

    private @Nullable Vaults vaults(Located at, Problems same) {
        return Fields.of(at, VAULTS_KEYS, same)
                .map(fields -> {
                    Path directory = fields.required("directory", "/var/lib/holdfast/vaults", places::path);
                    SecretReference password =
                            fields.required("password", "file:/etc/holdfast/vault-password", places::secret);
                    return directory == null || password == null ? null : new Vaults(directory, password);
                })
                .orElse(null);
    }

    private static List<Path> repositories(@Nullable Vaults vaults, List<Region> regions) {
        List<Path> directories = new ArrayList<>();
        if (vaults != null) {
            directories.add(vaults.directory());
        }
        for (Region region : regions) {
            if (region.location() instanceof Location.Directory(Path path)) {
                directories.add(path);
            }
        }
        return directories;
    }

    private void checkRegionsAreNotTheVault(Fields fields, @Nullable Vaults vaults, List<Region> regions) {
        for (Region region : regions) {
            if (vaults != null
                    && region.location() instanceof Location.Directory(Path path)
                    && (path.startsWith(vaults.directory())
                            || vaults.directory().startsWith(path))) {
                problems.add(
                        Code.CONTRADICTION,
                        fields.at("regions"),
                        "region '%s' at %s and the vaults' directory %s hold each other"
                                .formatted(region.name(), path, vaults.directory()),
                        "Let the region lie on another disk");
            }
        }
    }

    private Map<String, DataClass> classes(Fields plan, PolicyReader policies) {
        Map<String, DataClass> classes = new LinkedHashMap<>();
        BuiltInClasses.ALL.forEach(dataClass -> classes.put(dataClass.name(), dataClass));
        List<DataClass> own = plan.optional("classes", (at, _) -> ownClasses(at, policies), List.of());
        own.forEach(dataClass -> classes.put(dataClass.name(), dataClass));
        return classes;
    }

    private List<DataClass> ownClasses(Located at, PolicyReader policies) {
        List<DataClass> own = new ArrayList<>();
        if (!(at.node() instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    at,
                    "this must have names of classes as keys, but is %s".formatted(Values.typeOf(at)),
                    "Write such as {critical: {schedule: \"0 2 * * *\", keep: {within: 30d}}}");
            return own;
        }
        List<String> names = mapping.getValue().stream()
                .map(NodeTuple::getKeyNode)
                .map(key -> key instanceof ScalarNode scalar ? scalar.getValue() : "")
                .toList();
        Fields classes = Fields.of(at, names, problems).orElseThrow();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = Values.NAME.read(at.key(tuple.getKeyNode(), "*"), problems);
            if (name != null) {
                Fields.of(classes.at(name), PolicyReader.KEYS, problems)
                        .map(policies::read)
                        .ifPresent(policy -> own.add(policy.named(name)));
            }
        }
        return own;
    }

    private void warnIfNobodyIsTold(Fields fields, List<EscalationLevel> escalation, @Nullable Mail mail) {
        if (escalation.isEmpty() || mail == null) {
            problems.warn(
                    Code.NOBODY_TOLD,
                    fields.at(),
                    "nobody is told when a backup fails, as there is no %s"
                            .formatted(escalation.isEmpty() ? "escalation" : "mail server"),
                    escalation.isEmpty()
                            ? "Add escalation: [{level: 1, timeout: 30m, contacts: [admin@example.org]}]"
                            : "Add mail: {host: ..., from: ...}");
        }
    }
}

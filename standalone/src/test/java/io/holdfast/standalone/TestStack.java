package io.holdfast.standalone;

import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.site.SnapshotTags;
import io.holdfast.standalone.DemoPlaces.DemoRegion;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backends;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A stack of directories with a plan of its own: nothing falls due by itself again after the first backup.
 *
 * @param components name to directory
 */
record TestStack(Path data, Path plan, List<DemoRegion> regions, int mailPort, Map<String, Path> components) {

    static final String NAME = "papers";

    /** Claims the embedded parts' ports as the start will, and writes the plan. */
    static TestStack in(Path directory, String... components) throws Exception {
        Path home = Files.createDirectories(directory.resolve("data"));
        var sources = new LinkedHashMap<String, Path>();
        for (String component : components) {
            sources.put(component, Files.createDirectories(sources(home).resolve(component)));
        }
        try (DataDirectory data = DataDirectory.take(home)) {
            DemoPlaces demo = DemoPlaces.of(data, new LoopbackPorts(data.of("ports")));
            data.secret("vault-password");
            var stack = new TestStack(home, directory.resolve("plan.yaml"), demo.regions(), demo.mailPort(), sources);
            stack.writePlan("");
            return stack;
        }
    }

    /** Where the components of the stack with that data directory lie. */
    static Path sources(Path data) {
        return data.resolveSibling("source");
    }

    /** The same with fewer components; its plan is written. */
    TestStack without(String component) throws IOException {
        var fewer = new LinkedHashMap<>(components);
        fewer.remove(component);
        var stack = new TestStack(data, plan, regions, mailPort, fewer);
        stack.writePlan("");
        return stack;
    }

    /**
     * Writes the plan.
     *
     * @param moreRegions further entries of its list of regions
     */
    void writePlan(String moreRegions) throws IOException {
        Files.writeString(plan, """
                version: 1
                vaults:
                  directory: %s
                  password: "file:%s"
                regions:
                %s%s
                classes:
                  seldom:
                    schedule: "0 0 29 2 *"
                    keep: {last: 50}
                stacks:
                  - name: %s
                    class: seldom
                    components:
                %s
                contacts:
                  - {name: Operator, email: operator@example.org, role: Keeps the backups}
                escalation:
                  - {level: 1, timeout: 30m, contacts: [Operator]}
                mail: {host: 127.0.0.1, port: %d, from: holdfast@example.org, starttls: false}
                """.formatted(
                        data.resolve("vaults"),
                        passwordFile(),
                        regions.stream().map(TestStack::region).collect(Collectors.joining()),
                        moreRegions,
                        NAME,
                        components.entrySet().stream()
                                .map(component -> "      - {name: %s, files: {paths: [\"%s\"]}}"
                                        .formatted(component.getKey(), component.getValue()))
                                .collect(Collectors.joining("\n")),
                        mailPort));
    }

    /** A region as an entry of the plan. */
    static String region(DemoRegion region) {
        return "  - {name: %s, location: \"%s\", access-key: \"%s\", secret-key: \"%s\"}%n"
                .formatted(
                        region.name(),
                        region.location().wire(),
                        region.accessKeyReference().wire(),
                        region.secretKeyReference().wire());
    }

    Path source(String component) {
        return Optional.ofNullable(components.get(component)).orElseThrow();
    }

    Path passwordFile() {
        return data.resolve("secrets/vault-password");
    }

    String vaultLocation() {
        return data.resolve("vaults").resolve(NAME).toString();
    }

    String locationIn(DemoRegion region) {
        return region.location().of(NAME).wire();
    }

    Vault openVault() throws IOException {
        return open(vaultLocation(), Map.of());
    }

    Vault open(DemoRegion region) throws IOException {
        return open(
                locationIn(region),
                Map.of(
                        "AWS_ACCESS_KEY_ID_FILE", region.accessKey().toString(),
                        "AWS_SECRET_ACCESS_KEY_FILE", region.secretKey().toString()));
    }

    private Vault open(String location, Map<String, String> environment) throws IOException {
        try (Password password = Password.of(Files.readString(passwordFile()).strip())) {
            return Vault.open(Backends.open(location, environment::get), password);
        }
    }

    /** The snapshots with what their tags say. */
    static Map<Snapshot, SnapshotTags> tagged(Vault vault) throws IOException {
        vault.refresh();
        var tagged = new LinkedHashMap<Snapshot, SnapshotTags>();
        for (Snapshot snapshot : vault.snapshots()) {
            SnapshotTags.of(snapshot).ifPresent(tags -> tagged.put(snapshot, tags));
        }
        return tagged;
    }
}

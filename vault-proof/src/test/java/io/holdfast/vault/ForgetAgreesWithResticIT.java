package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.retention.ForgetPlan;
import io.holdfast.vault.retention.Histories;
import io.holdfast.vault.retention.KeepRule;
import io.holdfast.vault.retention.Kept;
import io.holdfast.vault.retention.RetentionPolicy;
import io.holdfast.vault.retention.Safeguards;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The installed restic may be older than 0.16; the newer one is not, and refuses to empty a group. */
class ForgetAgreesWithResticIT {

    private static final int ROUNDS = 25;
    private static final int HOSTS = 30;
    private static final int SNAPSHOTS = 40;

    @TempDir
    Path temp;

    /** What became of the snapshots of one host: the reasons for each that is kept, and the others. */
    private record Judged(Map<String, List<String>> kept, Set<String> removed) {

        /** As restic before 0.16 had it, which did not give the places that are left to the oldest snapshot. */
        Judged withoutOldest() {
            Judged before = new Judged(new HashMap<>(), new HashSet<>(removed));
            kept.forEach((id, reasons) -> {
                List<String> others = reasons.stream()
                        .filter(reason -> !reason.startsWith("oldest"))
                        .toList();
                if (others.isEmpty()) {
                    before.removed.add(id);
                } else {
                    before.kept.put(id, others);
                }
            });
            return before;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aboutWhatIsKeptAndWhy(Restic.Program program) throws IOException {
        MemoryBackend backend = new MemoryBackend();
        Restic restic = program.on(temp.resolve("repo"));
        boolean isNewer = program == Restic.Program.NEWER;
        Random random = new Random(20260301);
        try (Vault vault = Vault.init(backend, Password.of(Restic.PASSWORD), Duration.ZERO)) {
            Repository repository = Opening.open(backend, Password.of(Restic.PASSWORD), VaultOptions.DEFAULT)
                    .repository();
            for (int host = 0; host < HOSTS; host++) {
                for (Snapshot drawn : Histories.draw(random, "host-" + host, SNAPSHOTS)) {
                    repository.snapshots().store(drawn, 0, 0);
                }
            }
            copy(backend, restic.repository());
            Safeguards none = Safeguards.STANDARD.withEmptyGroups();
            for (int round = 0; round < ROUNDS; round++) {
                RetentionPolicy policy = Histories.policy(random);
                ForgetSpec spec = ForgetSpec.of(policy).withSafeguards(none).withDryRun(true);
                Map<String, Judged> ours = ours(vault.maintenance().forget(spec).plan());
                boolean keepsSome =
                        ours.values().stream().noneMatch(host -> host.kept().isEmpty());
                if (keepsSome || !isNewer) {
                    Map<String, Judged> theirs = theirs(restic, policy);
                    assertThat(ours).hasSameSizeAs(theirs);
                    for (String host : ours.keySet()) {
                        assertThat(isNewer ? ours.get(host) : ours.get(host).withoutOldest())
                                .as("round %d: %s of %s", round, policy, host)
                                .isEqualTo(theirs.get(host));
                    }
                }
            }
        }
    }

    private static Map<String, Judged> ours(ForgetPlan plan) {
        Map<String, Judged> hosts = new HashMap<>();
        for (ForgetPlan.Group group : plan.groups()) {
            Map<String, List<String>> kept = new HashMap<>();
            for (Kept each : group.keep()) {
                kept.put(each.snapshot().id().toString(), each.reasons());
            }
            Set<String> removed = new HashSet<>();
            group.remove().forEach(each -> removed.add(each.id().toString()));
            hosts.put(group.name().host(), new Judged(kept, removed));
        }
        return hosts;
    }

    private static Map<String, Judged> theirs(Restic restic, RetentionPolicy policy) {
        List<String> arguments = new ArrayList<>(List.of("forget", "--dry-run", "--json", "--no-lock"));
        policy.rules().forEach(rule -> arguments.addAll(options(rule)));
        String output = restic.run(arguments.toArray(String[]::new));
        JsonNode groups = JsonMapper.shared().readTree(output.substring(output.indexOf('[')));
        Map<String, Judged> hosts = new HashMap<>();
        for (JsonNode group : groups) {
            List<JsonNode> keep = list(group.get("keep"));
            List<JsonNode> reasons = list(group.get("reasons"));
            Map<String, List<String>> kept = new HashMap<>();
            for (int i = 0; i < keep.size(); i++) {
                List<String> matches = list(reasons.get(i).get("matches")).stream()
                        .map(JsonNode::stringValue)
                        .toList();
                kept.put(keep.get(i).get("id").stringValue(), matches);
            }
            Set<String> removed = new HashSet<>();
            list(group.get("remove")).forEach(each -> removed.add(each.get("id").stringValue()));
            hosts.put(group.get("host").stringValue(), new Judged(kept, removed));
        }
        return hosts;
    }

    private static List<JsonNode> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).toList();
    }

    private static List<String> options(KeepRule rule) {
        return switch (rule) {
            case KeepRule.Tagged tagged -> List.of("--keep-tag", String.join(",", tagged.tags()));
            case KeepRule.Within within ->
                List.of("--keep-within", within.span().toString());
            case KeepRule.Last last -> List.of("--keep-last", "" + last.count());
            case KeepRule.Newest newest -> List.of("--keep-" + newest.period().word(), "" + newest.count());
            case KeepRule.NewestWithin newest ->
                List.of("--keep-within-" + newest.period().word(), newest.span().toString());
        };
    }

    private static void copy(MemoryBackend backend, Path directory) throws IOException {
        for (String each : List.of("data", "index", "keys", "locks", "snapshots")) {
            Files.createDirectories(directory.resolve(each));
        }
        for (Handle handle : backend.handles()) {
            Files.write(directory.resolve(handle.path()), backend.load(handle));
        }
    }
}

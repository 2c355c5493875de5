package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.Consistency;
import io.holdfast.events.EventJson;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.Journal;
import io.holdfast.site.SnapshotTags;
import io.holdfast.site.testing.TestSite;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class WriteManifestTest {

    @TempDir
    private Path directory;

    private WorkerBench bench;

    @BeforeEach
    void bench() throws IOException {
        bench = new WorkerBench(directory);
    }

    @Test
    void writesWhatThePointHoldsAndTheWayBack() throws Exception {
        bench.site.publishPlan(1, "version: 1\n");

        carryOut(bench.manifest(false));

        assertThat(content("MANIFEST.txt"))
                .contains(
                        "Recovery point shop-20261121T020000Z of stack shop",
                        "INCOMPLETE",
                        "ab".repeat(32),
                        "3456",
                        "db                       MISSING",
                        "restic -r memory restore SNAPSHOT",
                        "Copy " + bench.docs + " from DIRECTORY/shop/docs back to where they were");
        assertThat(content("plan.yaml")).isEqualTo("version: 1\n");
    }

    @Test
    void saysOfEachComponentWhatTheVaultKnows() throws Exception {
        bench.backUp(bench.request(1));
        Snapshot taken = snapshots().getFirst();

        carryOut(bench.manifest(true, new SnapshotRef(taken.id().toString())));

        Manifest manifest = EventJson.read(content("manifest.json").getBytes(StandardCharsets.UTF_8), Manifest.class);
        assertThat(manifest.format()).isEqualTo(1);
        assertThat(manifest.site()).isEqualTo(TestSite.NAME);
        assertThat(manifest.vault()).isEqualTo("memory");
        Manifest.Part part = manifest.components().getFirst();
        assertThat(part.component()).isEqualTo("docs");
        assertThat(part.kind()).isEqualTo("files");
        assertThat(part.snapshot()).isEqualTo(taken.id().toString());
        assertThat(part.tree()).isEqualTo(taken.tree().toString());
        assertThat(part.program()).isEqualTo(taken.programVersion());
        assertThat(part.took()).isNotNull();
        assertThat(part.added()).isPositive();
    }

    @Test
    void saysWhatIsAsAfterAPowerCut() throws Exception {
        carryOut(bench.manifest(true, new SnapshotRef("ab".repeat(32)), Consistency.CRASH_CONSISTENT));

        Manifest manifest = EventJson.read(content("manifest.json").getBytes(StandardCharsets.UTF_8), Manifest.class);
        assertThat(manifest.consistency()).isEqualTo(Consistency.CRASH_CONSISTENT);
        assertThat(manifest.components().getFirst().consistency()).isEqualTo(Consistency.CRASH_CONSISTENT);
        assertThat(content("MANIFEST.txt")).contains("crash-consistent", "as after a power cut");
        assertThat(SnapshotTags.of(snapshots().getFirst()).orElseThrow().consistency())
                .isEqualTo(Consistency.CRASH_CONSISTENT);
    }

    @Test
    void saysThatItIsWritten() throws Exception {
        carryOut(bench.manifest(true));

        ManifestWritten written = bench.site.published().only(ManifestWritten.class);
        assertThat(written.recoveryPoint()).isEqualTo(WorkerBench.POINT);
        assertThat(written.snapshot().value())
                .isEqualTo(snapshots().getFirst().id().toString());
        SnapshotTags tags = SnapshotTags.of(snapshots().getFirst()).orElseThrow();
        assertThat(tags.kind()).isEqualTo(SnapshotKind.MANIFEST);
        assertThat(tags.name()).isEqualTo("before, the upgrade");
        assertThat(tags.complete()).isTrue();
    }

    @Test
    void writesItOnce() throws Exception {
        carryOut(bench.manifest(true));
        carryOut(bench.manifest(true));

        assertThat(snapshots()).hasSize(1);
        List<ManifestWritten> written = bench.site.published().all(ManifestWritten.class);
        assertThat(written).hasSize(2);
        assertThat(written.getFirst()).isEqualTo(written.getLast());
    }

    @Test
    void isTriedAgainUntilItExpires() throws Exception {
        Files.delete(bench.site.passwordFile());

        assertThatThrownBy(() -> carryOut(bench.manifest(true))).isInstanceOf(IOException.class);
        bench.site.clock().advance(WorkerBench.UNTIL_EXPIRY);

        carryOut(bench.manifest(true));
        assertThat(bench.site.published().events()).isEmpty();
    }

    @Test
    void isTriedAgainWhileTheVaultDoesNotAnswer() throws Exception {
        bench.site.vaults().ofOrNew("shop");
        bench.site.places().takeDown(TestSite.VAULTS + "/shop");

        assertThatThrownBy(() -> carryOut(bench.manifest(true))).isInstanceOf(VaultException.class);

        bench.site.places().at(TestSite.VAULTS + "/shop").heal();
        carryOut(bench.manifest(true));
        assertThat(bench.site.published().names()).containsExactly("ManifestWritten");
    }

    @Test
    void isSaidAgainWhenTheBrokerWasAway() throws Exception {
        bench.site.published().goAwayAfter(0);
        assertThatThrownBy(() -> carryOut(bench.manifest(true))).isInstanceOf(BrokerUnavailable.class);

        bench.site.published().comeBack();
        carryOut(bench.manifest(true));

        assertThat(bench.site.published().names()).containsExactly("ManifestWritten");
        assertThat(snapshots()).hasSize(1);
    }

    private void carryOut(ManifestRequested request) throws IOException, InterruptedException {
        bench.writeManifest()
                .carryOut(
                        request,
                        new Journal.Entry(
                                "manifest", 1, "shop-1", bench.site.clock().instant(), request));
    }

    private List<Snapshot> snapshots() throws IOException {
        return bench.site.vaults().of("shop").snapshots();
    }

    private String content(String file) throws IOException {
        var out = new ByteArrayOutputStream();
        Snapshot manifest = snapshots().stream()
                .filter(it -> it.paths().contains("/shop/manifest"))
                .findFirst()
                .orElseThrow();
        bench.site.vaults().of("shop").contents().dump(manifest.id(), "/shop/manifest/" + file, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}

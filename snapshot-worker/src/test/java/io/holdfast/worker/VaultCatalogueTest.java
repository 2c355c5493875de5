package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.site.Journal;
import io.holdfast.site.testing.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(30)
@Execution(ExecutionMode.CONCURRENT)
class VaultCatalogueTest {

    @TempDir
    private Path directory;

    private WorkerBench bench;

    @BeforeEach
    void bench() throws IOException {
        bench = new WorkerBench(directory);
    }

    @Test
    void announcesThatThereIsNothingYet() throws IOException {
        bench.catalogue().announceAll();

        assertThat(catalogued())
                .extracting(ComponentCatalogued::component)
                .containsExactly(bench.component, ComponentId.manifestOf("shop"));
        assertThat(catalogued()).allSatisfy(record -> {
            assertThat(record.place()).isEqualTo(CatalogueRecord.VAULT);
            assertThat(record.snapshots()).isEmpty();
        });
        assertThat(bench.site.places().heldAt(TestSite.VAULTS + "/shop").handles())
                .isEmpty();
    }

    @Test
    void announcesSnapshotsAndManifests() throws Exception {
        bench.backUp(bench.request(1));
        bench.writeManifest()
                .carryOut(
                        bench.manifest(false),
                        new Journal.Entry("m", 1, "c", bench.site.clock().instant(), bench.manifest(false)));

        bench.catalogue().announceAll();

        CataloguedSnapshot docs = catalogued().getFirst().snapshots().getFirst();
        assertThat(docs.backup()).isEqualTo(bench.request(1).backup());
        assertThat(docs.complete()).isNull();
        CataloguedSnapshot manifest = catalogued().getLast().snapshots().getFirst();
        assertThat(manifest.recoveryPoint()).isEqualTo(WorkerBench.POINT);
        assertThat(manifest.complete()).isFalse();
    }

    @Test
    void announcesTheOtherStacksWhenOneVaultCannotBeRead() throws IOException {
        bench.site.component("another", "db", List.of(bench.docs));
        bench.site.component("zoo", "db", List.of(bench.docs));
        bench.site.places().takeDown(TestSite.VAULTS + "/shop");

        assertThatThrownBy(() -> bench.catalogue().announceAll()).isInstanceOf(IOException.class);

        assertThat(catalogued())
                .extracting(record -> record.component().toString())
                .containsExactly("another/db", "another/manifest", "zoo/db", "zoo/manifest");
    }

    @Test
    void saysNothingOfWhatIsNoLongerPlanned() throws IOException {
        bench.site.plan(new Retired("shop/component/docs", 2));

        bench.catalogue().announce(bench.component);
        bench.catalogue().announce(ComponentId.manifestOf("shop"));

        assertThat(bench.site.published().events()).isEmpty();
    }

    @Test
    void isAnnouncedAfterEachBackupAndManifest() throws Exception {
        Journal.Entry backup = bench.accepted(bench.request(1));

        bench.workOff().carryOut(backup);
        bench.workOff()
                .carryOut(new Journal.Entry("m", 1, "c", bench.site.clock().instant(), bench.manifest(true)));

        assertThat(bench.site.published().names())
                .containsExactly(
                        "BackupStarted",
                        "SnapshotTaken",
                        "ComponentCatalogued",
                        "ManifestWritten",
                        "ComponentCatalogued");
        assertThat(catalogued()).extracting(ComponentCatalogued::total).containsExactly(1, 1);
    }

    @Test
    void keepsNoEntryOpenWhoseOutcomeHasBeenTold() throws Exception {
        Files.delete(bench.site.passwordFile());

        bench.workOff().carryOut(bench.accepted(bench.request(1)));

        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "BackupFailed");
    }

    @Test
    void isKeptAtTheStartAfterEachPlanAndUntilItSucceeds() throws IOException {
        Files.delete(bench.site.passwordFile());
        bench.site.published().goAwayAfter(0);
        var keeper = new CatalogueKeeper(bench.site.plan(), bench.catalogue(), Duration.ofMillis(20));
        keeper.start();
        try {
            await().until(() -> Files.exists(bench.docs) && keeper.isRunning());
            Files.writeString(bench.site.passwordFile(), "correct horse");
            await().until(() -> bench.site.published().refused() > 1);
            bench.site.published().comeBack();
            await().until(() -> catalogued().size() == 2);

            bench.site.publishPlan(2, "version: 2");

            await().until(() -> catalogued().size() == 4);
        } finally {
            keeper.stop();
        }
    }

    private List<ComponentCatalogued> catalogued() {
        return bench.site.published().all(ComponentCatalogued.class);
    }
}

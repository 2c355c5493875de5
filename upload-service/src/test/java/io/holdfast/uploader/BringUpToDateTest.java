package io.holdfast.uploader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.ReplicaEvent.ReplicationFailed;
import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.SnapshotKind;
import io.holdfast.site.testing.TestSite;
import io.holdfast.uploader.Regions.Copy;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
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

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class BringUpToDateTest {

    private static final Copy EAST = new Copy("shop", "east");
    private static final String THERE = "/regions/east/shop";
    private static final ComponentId MANIFEST = ComponentId.manifestOf("shop");

    @TempDir
    private Path directory;

    private TestSite site;
    private Path docs;
    private ComponentId component;
    private BringUpToDate uploader;

    @BeforeEach
    void site() throws IOException {
        site = new TestSite(directory);
        docs = Files.createDirectory(directory.resolve("docs"));
        site.region("east");
        component = site.component("shop", "docs", List.of(docs), "east");
        uploader = uploader();
    }

    private BringUpToDate uploader() {
        return new BringUpToDate(site.plan(), site.vaults(), TestSite.NAME, site.announcer(), site.clock());
    }

    @Test
    void copiesWhatTheRegionLacksAndSaysSo() throws Exception {
        Snapshot snapshot = backUp("first");

        assertThat(uploader.run(EAST)).isTrue();

        SnapshotReplicated replicated = site.published().only(SnapshotReplicated.class);
        assertThat(replicated.snapshot().value()).isEqualTo(snapshot.id().toString());
        assertThat(replicated.component()).isEqualTo(component);
        assertThat(replicated.takenAt()).isEqualTo(snapshot.time());
        assertThat(replicated.sent()).isPositive();
        ComponentCatalogued catalogue = catalogued();
        assertThat(catalogue.place()).isEqualTo("east");
        assertThat(catalogue.total()).isEqualTo(1);
        assertThat(catalogue.behindSince()).isNull();
        assertThat(regionIsWhole()).isTrue();
    }

    @Test
    void sendsNothingTwice() throws Exception {
        backUp("first");
        uploader.run(EAST);
        site.published().clear();

        assertThat(uploader.run(EAST)).isTrue();

        assertThat(site.published().names()).containsExactly("ComponentCatalogued", "ComponentCatalogued");
    }

    @Test
    void hasNothingToDoBeforeTheFirstBackup() throws Exception {
        assertThat(uploader.run(EAST)).isTrue();

        assertThat(site.published().events()).isEmpty();
    }

    @Test
    void tellsOfManifestsTooSinceTheySayWhatABackupLacks() throws Exception {
        backUp("first");
        Snapshot manifest = site.backUp(MANIFEST, "shop-first", SnapshotKind.MANIFEST, null, docs);

        uploader.run(EAST);

        assertThat(cataloguedIds(MANIFEST)).containsExactly(manifest.id());
        assertThat(cataloguedIds(component)).doesNotContain(manifest.id());
    }

    @Test
    void tellsWhatARegionHoldsOfAVaultThatIsLost() throws Exception {
        Snapshot first = backUp("first");
        uploader.run(EAST);
        loseTheVault();

        assertThat(anew().run(EAST)).isTrue();

        assertThat(cataloguedIds(component)).containsExactly(first.id());
        assertThat(catalogued().behindSince()).isNull();
        assertThat(site.places().heldAt(TestSite.VAULTS + "/shop").handles()).isEmpty();
    }

    @Test
    void goesOnTellingItWhenTheVaultIsFoundedAgain() throws Exception {
        Snapshot first = backUp("first");
        uploader.run(EAST);
        loseTheVault();
        Snapshot second = backUp("second");

        assertThat(uploader.run(EAST)).isTrue();

        assertThat(cataloguedIds(component)).containsExactly(second.id(), first.id());
        assertThat(site.published().all(SnapshotReplicated.class))
                .extracting(replicated -> replicated.snapshot().value())
                .containsExactly(first.id().toString(), second.id().toString());
        assertThat(site.vaults().of("shop").snapshots()).containsExactly(second);
    }

    @Test
    void readsWhatOnlyTheRegionHoldsOnceAndTellsWhenItIsGone() throws Exception {
        Snapshot first = backUp("first");
        uploader.run(EAST);
        Snapshot second = backUp("second");
        uploader.run(EAST);
        forget(TestSite.VAULTS + "/shop", first);
        uploader.run(EAST);
        assertThat(cataloguedIds(component)).containsExactly(second.id(), first.id());

        site.places().at(THERE).on(Trigger.of(Operation.LOAD, FileType.SNAPSHOT), new Fault.Failure(Kind.UNREACHABLE));
        assertThat(uploader.run(EAST)).isTrue();
        assertThat(cataloguedIds(component)).containsExactly(second.id(), first.id());

        forget(THERE, first);
        assertThat(uploader.run(EAST)).isTrue();
        assertThat(cataloguedIds(component)).containsExactly(second.id());
    }

    /** A snapshot that was rewritten, with other tags for instance, has another id; the region keeps the old one too. */
    @Test
    void passesOverWhatTheVaultHoldsInANewerForm() throws Exception {
        Snapshot before = backUp("first");
        uploader.run(EAST);
        forget(TestSite.VAULTS + "/shop", before);
        Snapshot rewritten = backUp("first");

        uploader.run(EAST);

        assertThat(cataloguedIds(component)).containsExactly(rewritten.id());
    }

    @Test
    void tellsOfTheOthersWhereASnapshotInTheRegionIsDamaged() throws Exception {
        Snapshot first = backUp("first");
        Snapshot second = backUp("second");
        uploader.run(EAST);
        loseTheVault();
        site.places()
                .heldAt(THERE)
                .corrupt(new Handle(FileType.SNAPSHOT, first.id().toString()), new byte[100]);

        assertThat(anew().run(EAST)).isTrue();

        assertThat(cataloguedIds(component)).containsExactly(second.id());
    }

    @Test
    void triesAgainSoonWhereARegionIsDownAndThereIsNoVault() throws Exception {
        site.places().takeDown(THERE);

        assertThat(uploader.run(EAST)).isFalse();

        assertThat(site.published().events()).isEmpty();
    }

    @Test
    void leavesARegionAloneThatIsNoLongerPlanned() throws Exception {
        backUp("first");
        site.plan(new Retired("-/region/east", 2));

        assertThat(uploader.run(EAST)).isTrue();

        assertThat(site.places().heldAt(THERE).handles()).isEmpty();
    }

    @Test
    void leavesARegionAloneThatTheStackNoLongerUses() throws Exception {
        backUp("first");
        site.component("shop", "docs", List.of(docs));
        site.component("blog", "db", List.of(docs), "east");

        assertThat(uploader.run(EAST)).isTrue();

        assertThat(site.places().heldAt(THERE).handles()).isEmpty();
    }

    @Test
    void tellsOnceThatARegionIsDownAndSinceWhenItIsBehind() throws Exception {
        Snapshot snapshot = backUp("first");
        site.places().takeDown(THERE);

        for (int i = 0; i < 3; i++) {
            assertThat(uploader.run(EAST)).isFalse();
        }

        ReplicationFailed failed = site.published().only(ReplicationFailed.class);
        assertThat(failed.code()).isEqualTo("HF-V10");
        assertThat(failed.behindSince()).isEqualTo(snapshot.time());
        assertThat(site.published().events()).hasSize(1);
    }

    @Test
    void catchesUpAndTellsOfTheNextFailureAnew() throws Exception {
        backUp("first");
        site.places().takeDown(THERE);
        uploader.run(EAST);
        site.places().at(THERE).heal();

        assertThat(uploader.run(EAST)).isTrue();
        assertThat(site.published().names())
                .containsExactly(
                        "ReplicationFailed", "SnapshotReplicated", "ComponentCatalogued", "ComponentCatalogued");

        site.places().takeDown(THERE);
        Snapshot second = backUp("second");
        assertThat(uploader.run(EAST)).isFalse();
        List<ReplicationFailed> failures = site.published().all(ReplicationFailed.class);
        assertThat(failures).hasSize(2);
        assertThat(failures.getLast().behindSince()).isEqualTo(second.time());
    }

    @Test
    void countsWhatArrivedBeforeTheRegionFailed() throws Exception {
        backUp("first");
        Snapshot second = backUp("second");
        site.places()
                .at(THERE)
                .on(Trigger.of(Operation.STORE, FileType.SNAPSHOT).fromCall(2), new Fault.Failure(Kind.UNREACHABLE));

        assertThat(uploader.run(EAST)).isFalse();

        assertThat(site.published().names()).containsExactly("SnapshotReplicated", "ReplicationFailed");
        assertThat(site.published().only(ReplicationFailed.class).behindSince()).isEqualTo(second.time());
    }

    @Test
    void tellsAFailureThatTheBrokerDidNotHear() throws Exception {
        backUp("first");
        site.places().takeDown(THERE);
        site.published().goAwayAfter(0);
        assertThat(uploader.run(EAST)).isFalse();

        site.published().comeBack();
        assertThat(uploader.run(EAST)).isFalse();

        assertThat(site.published().names()).containsExactly("ReplicationFailed");
    }

    @Test
    void copiesWithoutTheBrokerAndTellsLater() throws Exception {
        backUp("first");
        backUp("second");
        site.published().goAwayAfter(1);

        assertThat(uploader.run(EAST)).isFalse();
        assertThat(regionIsWhole()).isTrue();
        assertThat(site.published().names()).containsExactly("SnapshotReplicated");

        site.published().comeBack();
        assertThat(uploader.run(EAST)).isTrue();
        assertThat(site.published().names())
                .containsExactly(
                        "SnapshotReplicated", "SnapshotReplicated", "ComponentCatalogued", "ComponentCatalogued");
        assertThat(site.published().all(SnapshotReplicated.class))
                .extracting(SnapshotReplicated::snapshot)
                .doesNotHaveDuplicates();
    }

    @Test
    void fillsInAPackThatTheRegionLost() throws Exception {
        backUp("first");
        uploader.run(EAST);
        MemoryBackend there = site.places().heldAt(THERE);
        for (Handle handle : there.handles()) {
            if (handle.type() == FileType.PACK) {
                there.delete(handle);
            }
        }
        site.published().clear();

        assertThat(uploader.run(EAST)).isTrue();

        assertThat(site.published().names())
                .containsExactly("SnapshotReplicated", "ComponentCatalogued", "ComponentCatalogued");
        assertThat(regionIsWhole()).isTrue();
    }

    @Test
    void saysOnceThatTheVaultItselfIsDamaged() throws Exception {
        backUp("first");
        MemoryBackend vault = site.places().heldAt(TestSite.VAULTS + "/shop");
        for (Handle handle : vault.handles()) {
            if (handle.type() == FileType.PACK) {
                vault.corrupt(handle, new byte[100]);
            }
        }

        assertThat(uploader.run(EAST)).isFalse();
        assertThat(uploader.run(EAST)).isFalse();

        ReplicationFailed failed = site.published().only(ReplicationFailed.class);
        assertThat(failed.code()).isEqualTo("HF-U01");
        assertThat(failed.message()).contains("damaged", "holdfast vault check");
        assertThat(catalogued().behindSince()).isNotNull();
    }

    @Test
    void saysThatTheCredentialsAreMissing() throws Exception {
        backUp("first");
        site.plan(new RegionPlanned("east", "s3:http://127.0.0.1/b", "file:/not/there", "file:/not/there", 2));

        assertThat(uploader.run(EAST)).isFalse();

        ReplicationFailed failed = site.published().only(ReplicationFailed.class);
        assertThat(failed.code()).isEqualTo("HF-U02");
        assertThat(failed.message()).startsWith("HF-P42 ").contains("/not/there");
    }

    @Test
    void survivesWhatWasNotForeseen() throws Exception {
        backUp("first");
        site.places().at(THERE).on(Trigger.of(Operation.LIST), new Fault.Before(() -> {
            throw new IllegalStateException("a defect");
        }));

        assertThat(uploader.run(EAST)).isFalse();

        assertThat(site.published().only(ReplicationFailed.class).code()).isEqualTo("HF-U03");
    }

    @Test
    void endsWhenItIsStopped() throws Exception {
        backUp("first");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> uploader.run(EAST)).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(site.published().events()).isEmpty();
    }

    @Test
    void doesNotBlameARegionForACallThatAStopCut() throws Exception {
        backUp("first");
        site.places()
                .at(THERE)
                .on(Trigger.of(Operation.LIST), new Fault.Before(Thread.currentThread()::interrupt))
                .on(Trigger.of(Operation.LIST), new Fault.Failure(Kind.UNREACHABLE));

        assertThatThrownBy(() -> uploader.run(EAST)).isInstanceOf(InterruptedException.class);

        assertThat(site.published().events()).isEmpty();
    }

    /** What was told last of what the region holds of a component. */
    private ComponentCatalogued catalogued(ComponentId of) {
        return site.published().all(ComponentCatalogued.class).stream()
                .filter(catalogue -> catalogue.component().equals(of))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private ComponentCatalogued catalogued() {
        return catalogued(component);
    }

    private List<SnapshotId> cataloguedIds(ComponentId of) {
        return catalogued(of).snapshots().stream()
                .map(snapshot -> SnapshotId.parse(snapshot.snapshot().value()))
                .toList();
    }

    private void loseTheVault() throws IOException {
        MemoryBackend vault = site.places().heldAt(TestSite.VAULTS + "/shop");
        for (Handle handle : List.copyOf(vault.handles())) {
            vault.delete(handle);
        }
    }

    private void forget(String place, Snapshot snapshot) throws IOException {
        site.places()
                .heldAt(place)
                .delete(new Handle(FileType.SNAPSHOT, snapshot.id().toString()));
    }

    /** As after a restart. */
    private BringUpToDate anew() {
        return new BringUpToDate(site.plan(), site.reopenedVaults(), TestSite.NAME, site.announcer(), site.clock());
    }

    private Snapshot backUp(String content) throws IOException {
        Files.writeString(docs.resolve("a.txt"), content);
        site.clock().advance(Duration.ofHours(1));
        return site.backUp(component, "shop-" + content, docs);
    }

    private boolean regionIsWhole() throws IOException {
        try (Vault copy = site.vaults().in(site.plan().region("east").orElseThrow(), "shop")) {
            return copy.check(CheckSpec.EVERYTHING).isIntact()
                    && copy.snapshots().equals(site.vaults().of("shop").snapshots());
        }
    }
}

package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.site.RestoreMarks.Mark;
import io.holdfast.site.testing.MemoryPlaces;
import io.holdfast.site.testing.TestSite;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.FileSystemUtils;

@Execution(ExecutionMode.CONCURRENT)
class SiteVaultsTest {

    private static final String VAULT = TestSite.VAULTS + "/shop";
    private static final String EAST = "/regions/east/shop";

    @TempDir
    private Path directory;

    private TestSite site;

    @BeforeEach
    void site() throws IOException {
        site = new TestSite(directory);
    }

    @Test
    void asksForAPlanFirst() {
        var unplanned = new SiteVaults(new SitePlan("here"), new MemoryPlaces(), site.restoreMarks(), site.settings());

        assertThatThrownBy(() -> unplanned.of("shop"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("HF-J03 ");
    }

    @Test
    void makesAVaultOnceAndFindsItAgain() throws IOException {
        Vault made = site.vaults().ofOrNew("shop");

        assertThat(site.vaults().ofOrNew("shop")).isSameAs(made);
        assertThat(site.vaults().of("shop")).isSameAs(made);
        assertThat(site.reopenedVaults().ofOrNew("shop").id()).isEqualTo(made.id());
    }

    @Test
    @Timeout(30)
    void opensAStackWhileARegionKeepsTheFirstBackupOfAnotherWaiting() throws Exception {
        site.region("east");
        site.component("shop", "docs", List.of(directory), "east");
        var asked = new CountDownLatch(1);
        var answer = new CompletableFuture<Void>();
        Fault silence = new Fault.Before(() -> {
            asked.countDown();
            answer.join();
        });
        for (Operation operation : Operation.values()) {
            site.places().at("/regions/east/shop").on(Trigger.of(operation), silence);
        }
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Vault> shop = threads.submit(() -> site.vaults().ofOrNew("shop"));
            asked.await();

            Vault blog = site.vaults().ofOrNew("blog");

            assertThat(shop).isNotDone();
            answer.complete(null);
            assertThat(shop.get().id()).isNotEqualTo(blog.id());
        }
    }

    @Test
    void keepsStacksApart() throws IOException {
        assertThat(site.vaults().ofOrNew("shop").id())
                .isNotEqualTo(site.vaults().ofOrNew("blog").id());
        assertThat(site.places().heldAt("/vaults/shop").handles()).isNotEmpty();
        assertThat(site.places().heldAt("/vaults/blog").handles()).isNotEmpty();
    }

    @Test
    void saysThatThereIsNoVaultYet() {
        assertThatThrownBy(() -> site.vaults().of("shop"))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.NO_REPOSITORY));
    }

    @Test
    void namesThePasswordFileThatIsMissing() throws IOException {
        Files.delete(site.passwordFile());

        assertThatThrownBy(() -> site.vaults().ofOrNew("shop"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("HF-P42 ")
                .hasMessageContaining(site.passwordFile().toString());
        assertThat(site.places().heldAt("/vaults/shop").handles()).isEmpty();
    }

    @Test
    void doesNotRepeatASecretThatStandsInThePlan() {
        site.plan(new SitePlanned(TestSite.NAME, TestSite.VAULTS, "swordfish", 2));

        assertThatThrownBy(() -> site.vaults().ofOrNew("shop"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("HF-J04 ")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void saysThatThePasswordIsWrong() throws IOException {
        site.vaults().ofOrNew("shop");
        Files.writeString(site.passwordFile(), "battery staple");

        assertThatThrownBy(() -> site.reopenedVaults().of("shop"))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.WRONG_PASSWORD))
                .hasMessageNotContaining("battery");
    }

    @Test
    void opensARegionWithItsOwnCredentials() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "AKIA");
        Path secret = Files.writeString(directory.resolve("secret"), "shh");
        var region = new RegionPlanned("east", "s3:http://127.0.0.1/b", "file:" + key, "file:" + secret, 1);

        site.vaults().placeIn(region, "shop").close();

        assertThat(site.places().credentialsFor("s3:http://127.0.0.1/b/shop"))
                .containsEntry("AWS_ACCESS_KEY_ID", "AKIA")
                .containsEntry("AWS_SECRET_ACCESS_KEY", "shh");
    }

    @Test
    void foundsALostVaultAgainFromARegion() throws IOException {
        Vault lost = copiedTo("east");
        site.loseVault("shop");

        assertThat(site.reopenedVaults().ofOrNew("shop").id()).isEqualTo(lost.id());
    }

    @Test
    void awaitsTheRestoreOfWhatAMachineThatNeverHadTheVaultFindsInARegion() throws IOException {
        ComponentId docs = backedUpTo("east");
        var added = site.component("shop", "pictures", List.of(directory), "east");
        site.loseMachine("shop");

        Vault founded = site.reopenedVaults().ofOrNew("shop");

        assertThat(founded.snapshots()).isEmpty();
        assertThat(site.restoreMarks().of(docs)).map(Mark::region).contains("east");
        assertThat(site.restoreMarks().of(added)).isEmpty();
    }

    @Test
    void awaitsNoRestoreWhereOnlyTheVaultWasLost() throws IOException {
        ComponentId docs = backedUpTo("east");
        site.loseVault("shop");

        site.reopenedVaults().ofOrNew("shop");

        assertThat(site.restoreMarks().of(docs)).isEmpty();
    }

    @Test
    void foundsNothingThatCouldBeCapturedWhileTheBackupsInTheRegionCannotBeRead() throws IOException {
        ComponentId docs = backedUpTo("east");
        site.loseMachine("shop");
        site.places().at(EAST).on(Trigger.of(Operation.LOAD, FileType.SNAPSHOT), new Fault.FlippedBit(100));

        assertThatThrownBy(() -> site.reopenedVaults().ofOrNew("shop")).isInstanceOf(VaultException.class);
        assertThat(site.places().heldAt(VAULT).handles()).isEmpty();

        site.places().at(EAST).heal();
        site.reopenedVaults().ofOrNew("shop");
        assertThat(site.restoreMarks().of(docs)).isPresent();
    }

    @Test
    void foundsNothingWhileThePasswordDoesNotOpenTheCopyInARegion() throws IOException {
        copiedTo("east");
        site.loseMachine("shop");
        Files.writeString(site.passwordFile(), "battery staple");

        assertThatThrownBy(() -> site.reopenedVaults().ofOrNew("shop"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("HF-V03 ")
                .hasMessageContaining("region east")
                .hasMessageContaining(VAULT)
                .hasMessageNotContaining("battery");
        assertThat(site.places().heldAt(VAULT).handles()).isEmpty();
    }

    @Test
    void foundsNothingWhileTheCopyInARegionIsDamaged() throws IOException {
        Vault lost = copiedTo("east");
        site.loseMachine("shop");
        site.places().at(EAST).on(Trigger.of(Operation.LOAD, FileType.CONFIG), new Fault.FlippedBit(200));

        assertThatThrownBy(() -> site.reopenedVaults().ofOrNew("shop"))
                .hasMessageStartingWith("HF-V05 ")
                .hasMessageContaining("region east");
        assertThat(site.places().heldAt(VAULT).handles()).isEmpty();

        site.places().at(EAST).heal();
        assertThat(site.reopenedVaults().ofOrNew("shop").id()).isEqualTo(lost.id());
    }

    @Test
    void foundsALostVaultFromTheRegionThatAnswersWhileAnotherIsDown() throws IOException {
        site.region("west");
        site.component("shop", "pictures", List.of(directory), "west");
        Vault lost = copiedTo("east");
        site.loseVault("shop");
        site.places().takeDown("/regions/west/shop");

        assertThat(site.reopenedVaults().ofOrNew("shop").id()).isEqualTo(lost.id());
    }

    @Test
    void waitsForARegionThatIsDownBeforeALostVaultIsFounded() throws IOException {
        Vault lost = copiedTo("east");
        site.loseVault("shop");
        site.places().takeDown(EAST);

        assertThatThrownBy(() -> site.reopenedVaults().ofOrNew("shop"))
                .hasMessageStartingWith("HF-J09 ")
                .hasMessageContaining("Region east")
                .hasMessageContaining(lost.id().toString());
        assertThat(site.places().heldAt(VAULT).handles()).isEmpty();

        site.places().at(EAST).heal();
        assertThat(site.reopenedVaults().ofOrNew("shop").id()).isEqualTo(lost.id());
    }

    @Test
    void makesTheFirstVaultOfAStackWhileARegionIsDown() throws IOException {
        site.region("east");
        site.component("shop", "docs", List.of(directory), "east");
        site.places().takeDown(EAST);

        site.vaults().ofOrNew("shop");

        assertThat(site.places().heldAt(VAULT).handles()).isNotEmpty();
    }

    @Test
    void makesALostVaultAnewOnlyWhenItIsToBeForgotten() throws IOException {
        Vault lost = site.vaults().ofOrNew("shop");
        site.loseVault("shop");
        Path note = site.settings().stateDirectory().resolve("vaults/shop");

        assertThatThrownBy(() -> site.reopenedVaults().ofOrNew("shop"))
                .hasMessageStartingWith("HF-J09 ")
                .hasMessageContaining(note.toString());

        Files.delete(note);
        assertThat(site.reopenedVaults().ofOrNew("shop").id()).isNotEqualTo(lost.id());
    }

    @Test
    void foundsNothingBelowTheMountPointOfADiskThatIsAway() throws IOException {
        Vault lost = copiedTo("east");
        Path note = site.settings().stateDirectory().resolve("vaults/shop");
        assertThat(note).as("the root is always there").hasContent(lost.id().toString());
        site.loseVault("shop");
        Files.writeString(note, lost.id() + "\n" + TestSite.VAULTS);

        assertThatThrownBy(() -> site.reopenedVaults().ofOrNew("shop"))
                .hasMessageStartingWith("HF-J12 ")
                .hasMessageContaining("not mounted at " + TestSite.VAULTS)
                .hasMessageContaining(note.toString());
        assertThat(site.places().heldAt(VAULT).handles()).isEmpty();

        Files.writeString(note, lost.id() + "\n/mnt/another");
        assertThat(site.reopenedVaults().ofOrNew("shop").id())
                .as("it lay elsewhere then")
                .isEqualTo(lost.id());
    }

    @Test
    void remembersOnWhichDiskAVaultLies() throws IOException {
        Path other = Path.of("/dev/shm");
        assumeTrue(MountPoint.of(other).equals(other), "nothing is mounted at " + other);
        Path vaults = Files.createTempDirectory(other, "holdfast-vaults");
        try {
            site.plan(new SitePlanned(TestSite.NAME, vaults.toString(), "file:" + site.passwordFile(), 2));
            var onDisk = new SiteVaults(site.plan(), Places.real(), site.restoreMarks(), site.settings());

            Vault vault = onDisk.ofOrNew("shop");

            assertThat(site.settings().stateDirectory().resolve("vaults/shop")).hasContent(vault.id() + "\n" + other);
            onDisk.close();
        } finally {
            FileSystemUtils.deleteRecursively(vaults);
        }
    }

    @Test
    void goesOnInTheDirectoryThatANewPlanNames() throws IOException {
        Vault before = copiedTo("east");
        site.plan(new SitePlanned(TestSite.NAME, "/elsewhere", "file:" + site.passwordFile(), 2));

        assertThatThrownBy(() -> site.vaults().of("shop")).hasMessageStartingWith("HF-V01 ");
        Vault after = site.vaults().ofOrNew("shop");

        assertThat(after).isNotSameAs(before);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(site.places().heldAt("/elsewhere/shop").handles()).contains(Handle.CONFIG);
        assertThat(before.snapshots()).isEmpty();
    }

    @Test
    void opensWithThePasswordThatANewPlanNames() throws IOException {
        Vault vault = site.vaults().ofOrNew("shop");
        Path other = Files.writeString(directory.resolve("other"), "battery staple");
        site.plan(new SitePlanned(TestSite.NAME, TestSite.VAULTS, "file:" + other, 2));

        assertThatThrownBy(() -> site.vaults().ofOrNew("shop")).hasMessageStartingWith("HF-V03 ");

        site.plan(new SitePlanned(TestSite.NAME, TestSite.VAULTS, "file:" + site.passwordFile(), 3));
        assertThat(site.vaults().ofOrNew("shop").id()).isEqualTo(vault.id());
    }

    @Test
    void keepsAVaultOpenWhenANewPlanSaysTheSameOfIt() throws IOException {
        Vault vault = site.vaults().ofOrNew("shop");
        site.plan(new SitePlanned(TestSite.NAME, TestSite.VAULTS, "file:" + site.passwordFile(), 2));

        assertThat(site.vaults().ofOrNew("shop")).isSameAs(vault);
    }

    @Test
    void foundsAnOpenVaultAgainWhoseDirectoryIsGone() throws IOException {
        Path vaults = directory.resolve("vaults");
        site.plan(new SitePlanned(TestSite.NAME, vaults.toString(), "file:" + site.passwordFile(), 2));
        RegionPlanned east = new RegionPlanned("east", directory.resolve("east").toString(), null, null, 2);
        site.plan(east);
        site.component("shop", "docs", List.of(directory), "east");
        var onDisk = new SiteVaults(site.plan(), Places.real(), site.restoreMarks(), site.settings());
        Vault lost = onDisk.ofOrNew("shop");
        try (Backend place = onDisk.placeIn(east, "shop")) {
            lost.copies().replicate(place, ReplicationSpec.ALL, ReplicationListener.NONE);
        }
        Files.move(vaults, directory.resolve("aside"));

        Vault founded = onDisk.ofOrNew("shop");

        assertThat(founded.id()).isEqualTo(lost.id());
        assertThat(founded.snapshots()).isEmpty();
    }

    @Test
    void opensAnewWhenAnotherRepositoryLiesAtThePlace() throws IOException {
        Vault before = site.vaults().ofOrNew("shop");
        site.loseMachine("shop");
        Vault other = site.reopenedVaults().ofOrNew("shop");

        assertThat(other.id()).isNotEqualTo(before.id());
        assertThat(site.vaults().of("shop").id()).isEqualTo(other.id());
    }

    @Test
    void keepsAVaultOpenWhosePlaceDoesNotAnswer() throws IOException {
        Vault vault = site.vaults().ofOrNew("shop");
        site.places().takeDown(VAULT);

        assertThat(site.vaults().of("shop")).isSameAs(vault);
    }

    /** A vault with its copy in a region. */
    private Vault copiedTo(String region) throws IOException {
        site.region(region);
        site.component("shop", "docs", List.of(directory), region);
        Vault vault = site.vaults().ofOrNew("shop");
        site.replicate("shop", region);
        return vault;
    }

    /** The same, with a backup of a component. */
    private ComponentId backedUpTo(String region) throws IOException {
        copiedTo(region);
        var docs = new ComponentId("shop", "docs");
        site.backUp(docs, "shop-20261121T020000Z", site.passwordFile());
        site.replicate("shop", region);
        return docs;
    }
}

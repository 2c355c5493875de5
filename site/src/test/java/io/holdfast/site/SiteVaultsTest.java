package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.site.testing.MemoryPlaces;
import io.holdfast.site.testing.TestSite;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.Trigger;
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

class SiteVaultsTest {

    @TempDir
    private Path directory;

    private TestSite site;

    @BeforeEach
    void site() throws IOException {
        site = new TestSite(directory);
    }

    @Test
    void asksForAPlanFirst() {
        var unplanned = new SiteVaults(new SitePlan("here"), new MemoryPlaces());

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
}

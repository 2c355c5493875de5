package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.regions.EmbeddedRegion;
import io.holdfast.embedded.regions.RegionSettings;
import io.holdfast.plan.Location;
import io.holdfast.standalone.DemoPlaces.DemoRegion;
import io.holdfast.vault.Vault;
import io.holdfast.vault.check.CheckSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Regions that are down, come late, and lose objects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegionIT {

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private TestStack stack;

    @SuppressWarnings("NullAway.Init")
    private DemoRegion late;

    @SuppressWarnings("NullAway.Init")
    private Path lateDirectory;

    /** Another place at the first region's server, with keys that it does not know. */
    @SuppressWarnings("NullAway.Init")
    private DemoRegion wrongly;

    @SuppressWarnings("NullAway.Init")
    private RunningHoldfast holdfast;

    @SuppressWarnings("NullAway.Init")
    private Console console;

    private final Random random = new Random(11);

    @BeforeAll
    void startWithARegionThatIsDown(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        stack = TestStack.in(directory, "documents");
        lateDirectory = directory.resolve("late");
        Path accessKey = Files.writeString(directory.resolve("late-access-key"), "late-access");
        Path secretKey = Files.writeString(directory.resolve("late-secret-key"), "late-secret-of-many-letters");
        int port = new LoopbackPorts(directory.resolve("late-ports")).claim("late", 0);
        late = new DemoRegion("late", port, accessKey, secretKey);
        DemoRegion east = stack.regions().getFirst();
        wrongly = new DemoRegion("wrongly", east.port(), accessKey, secretKey);
        stack.writePlan(TestStack.region(late) + TestStack.region(wrongly));
        change();
        holdfast = RunningHoldfast.up(stack.data(), stack.plan());
        console = holdfast.console();
    }

    @AfterAll
    void stop() throws IOException {
        holdfast.close();
    }

    @Test
    void delaysOnlyItselfAndCatchesUpByItself() throws Exception {
        String first = console.awaitFirstBackup();
        console.awaitBackup(first, "vault", "east", "west");

        JsonNode lagging = console.awaitThat(
                "/api/status",
                status -> !region(status, "late").path("behind_since").isMissingNode());
        assertThat(region(lagging, "late").path("last_failure").stringValue("")).isNotBlank();
        assertThat(region(lagging, "east").path("behind_since").isMissingNode()).isTrue();
        change();
        String second = console.backUp("second");
        console.awaitBackup(second, "vault", "east", "west");

        try (EmbeddedRegion _ = startLate()) {
            console.awaitBackup(first, "vault", "east", "west", "late");
            console.awaitBackup(second, "vault", "east", "west", "late");
            console.awaitThat(
                    "/api/status",
                    status -> region(status, "late").path("behind_since").isMissingNode());
            assertIntact(late);
        }
    }

    @Test
    void saysThatItsKeysAreRefused() {
        JsonNode refused = console.awaitThat(
                "/api/status",
                status -> !region(status, wrongly.name()).path("last_failure").isMissingNode());

        assertThat(region(refused, wrongly.name()).path("last_failure").stringValue(""))
                .startsWith("HF-V11 ")
                .contains(wrongly.location().of(TestStack.NAME).wire())
                .doesNotContain("late-secret-of-many-letters");
    }

    @Test
    void getsLostObjectsBackByThemselves() throws Exception {
        String first = console.awaitFirstBackup();
        console.awaitBackup(first, "vault", "east", "west");
        change();
        console.awaitBackup(console.backUp("before-loss"), "vault", "east", "west");
        DemoRegion east = stack.regions().getFirst();
        Path objects = stack.data().resolve("regions/east/holdfast-east").resolve(TestStack.NAME);
        Files.delete(largest(objects.resolve("data")));
        Files.delete(largest(objects.resolve("index")));
        Files.delete(largest(objects.resolve("snapshots")));

        change();
        console.awaitBackup(console.backUp("after-loss"), "vault", "east", "west");

        try (Vault vault = stack.openVault();
                Vault copy = stack.open(east)) {
            // The last manifest follows its recovery point.
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(TestStack.tagged(copy).keySet())
                            .containsExactlyInAnyOrderElementsOf(
                                    TestStack.tagged(vault).keySet()));
        }
        assertIntact(east);
    }

    private EmbeddedRegion startLate() throws IOException {
        return EmbeddedRegion.start(new RegionSettings(
                late.name(),
                lateDirectory,
                late.port(),
                ((Location.S3) late.location()).bucket(),
                Files.readString(late.accessKey()),
                Files.readString(late.secretKey())));
    }

    private void assertIntact(DemoRegion region) throws Exception {
        try (Vault copy = stack.open(region)) {
            assertThat(copy.check(CheckSpec.EVERYTHING.withNoLock(true)).problems())
                    .isEmpty();
        }
        assumeTrue(Programs.isInstalled("restic"), "restic is not installed (Debian: apt install restic)");
        var keys = Map.of(
                "AWS_ACCESS_KEY_ID", Files.readString(region.accessKey()).strip(),
                "AWS_SECRET_ACCESS_KEY", Files.readString(region.secretKey()).strip());
        Programs.resticCheck(stack, stack.locationIn(region), keys);
    }

    private void change() throws IOException {
        byte[] content = new byte[300_000];
        random.nextBytes(content);
        Files.write(stack.source("documents").resolve("changed.bin"), content);
    }

    private static JsonNode region(JsonNode status, String name) {
        return status.path("components")
                .path(0)
                .path("regions")
                .valueStream()
                .filter(region -> region.path("region").stringValue("").equals(name))
                .findFirst()
                .orElse(status.path("no such region"));
    }

    private static Path largest(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }
}

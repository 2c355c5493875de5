package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.lock.MovedPace;
import io.holdfast.vault.prune.PruneReport;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.retention.KeepRule;
import io.holdfast.vault.retention.Objection;
import io.holdfast.vault.retention.RetentionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This machine's clock and that of the place: where they differ too much, nothing is deleted. */
class ClocksTest {

    private static final Password PASSWORD = Password.of("secret");

    @TempDir
    Path temp;

    private final MovedPace pace = new MovedPace();

    @BeforeEach
    void threeSnapshots() throws IOException {
        pace.set(Instant.now());
        Path source = Files.createDirectories(temp.resolve("source"));
        BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/s"));
        try (Vault vault = Vault.init(place(), PASSWORD, Duration.ZERO)) {
            for (int run = 0; run < 3; run++) {
                Files.write(source.resolve("file"), HardCases.random(run, 700));
                vault.backup(spec.withTime(pace.now().minus(Duration.ofDays(9 - run))), Progress.NONE);
            }
        }
    }

    @Test
    void aClockThatIsAnHourAheadForgetsNothing() throws IOException {
        pace.advance(Duration.ofHours(1));

        assertThat(forget())
                .isInstanceOfSatisfying(
                        ForgetResult.Refused.class,
                        refused -> assertThat(refused.plan().objections())
                                .hasSize(1)
                                .allSatisfy(objection -> assertThat(objection)
                                        .isInstanceOfSatisfying(
                                                Objection.ClocksDiffer.class,
                                                differ -> assertThat(differ.by())
                                                        .isBetween(Duration.ofMinutes(-61), Duration.ofMinutes(-59)))));
        assertThat(snapshots()).isEqualTo(3);
    }

    @Test
    void clocksThatDifferLittleForget() throws IOException {
        pace.advance(Duration.ofMinutes(3));

        assertThat(forget()).isInstanceOf(ForgetResult.Forgotten.class);
        assertThat(snapshots()).isEqualTo(1);
    }

    @Test
    void aClockThatIsAnHourAheadDeletesNoPack() throws IOException {
        assertThat(forget()).isInstanceOf(ForgetResult.Forgotten.class);
        pace.advance(Duration.ofHours(1));

        PruneReport report = prune();

        assertThat(report.packsDeleted()).isZero();
        assertThat(report.packsWaiting()).isPositive();
        assertThat(report.doubts())
                .hasSize(1)
                .allSatisfy(doubt -> assertThat(doubt).contains("clocks"));

        pace.set(Instant.now());
        assertThat(prune().packsDeleted()).isPositive();
        try (Vault vault = vault()) {
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
    }

    private ForgetResult forget() throws IOException {
        try (Vault vault = vault()) {
            return vault.maintenance().forget(ForgetSpec.of(RetentionPolicy.of(new KeepRule.Last(1))));
        }
    }

    private PruneReport prune() throws IOException {
        try (Vault vault = vault()) {
            return vault.maintenance().prune(PruneSpec.immediately());
        }
    }

    private int snapshots() throws IOException {
        try (Vault vault = vault()) {
            return vault.snapshots().size();
        }
    }

    private Vault vault() throws IOException {
        return Vault.open(place(), PASSWORD, VaultOptions.DEFAULT, Vaults.AT_ONCE.withPace(pace));
    }

    private LocalBackend place() {
        return LocalBackend.at(temp.resolve("repository"));
    }
}

package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.ObjectLock;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backend.s3.RadosGateway;
import io.holdfast.vault.backend.s3.S3Backend;
import io.holdfast.vault.backend.s3.S3Location;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.replica.AuditReport;
import io.holdfast.vault.replica.AuditSpec;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy in a bucket with object lock, on a real server. */
class LockedRegionIT {

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path shared;

    private static RadosGateway gateway;

    @TempDir
    Path temp;

    private final S3Location location;
    private final S3Backend region;
    private final Vault vault;

    LockedRegionIT(@TempDir Path repository) throws IOException {
        location = gateway.location("region-" + BUCKETS.incrementAndGet() + "/stack");
        region = region(Duration.ofHours(1));
        vault = Vault.init(LocalBackend.at(repository.resolve("repo")), Password.of(Restic.PASSWORD), Duration.ZERO);
    }

    @BeforeAll
    static void startGateway() throws Exception {
        gateway = RadosGateway.start(shared);
    }

    @AfterAll
    static void stopGateway() throws Exception {
        if (gateway != null) {
            gateway.stop();
        }
    }

    @BeforeEach
    void replicateTwoSnapshots() throws IOException {
        region.createBucketIfMissing();
        HardCases.create(temp.resolve("source"));
        backup();
        Files.writeString(temp.resolve("source/plain.txt"), "changed");
        backup();
        assertThat(vault.copies()
                        .replicate(region, ReplicationSpec.ALL, ReplicationListener.NONE)
                        .isComplete())
                .isTrue();
    }

    @AfterEach
    void close() throws IOException {
        region.close();
        vault.close();
    }

    @Test
    void isACopyThatResticChecksEveryByteOf() throws Exception {
        Restic judge = Restic.on(temp);
        ProcessBuilder check = new ProcessBuilder(
                        judge.command(), "--no-cache", "--repo", location.toString(), "check", "--read-data")
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("out").toFile());
        check.environment().put("RESTIC_PASSWORD", Restic.PASSWORD);
        check.environment().put("AWS_ACCESS_KEY_ID", RadosGateway.CREDENTIALS.accessKey());
        check.environment().put("AWS_SECRET_ACCESS_KEY", RadosGateway.CREDENTIALS.secretKey());
        int exit = check.start().waitFor();
        assertThat(exit).as(Files.readString(temp.resolve("out"))).isZero();
    }

    @Test
    void isReadAsItWasBeforeAThiefDeletedAndOverwroteEverything() throws Exception {
        Instant before = nextSecond();
        for (FileType type : FileType.values()) {
            for (Backend.Entry file : region.list(type)) {
                region.delete(file.handle());
                if (type != FileType.CONFIG) {
                    overwrite(file.handle());
                }
            }
        }

        try (Vault past = Vault.open(region.asOf(before), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            SnapshotId newest = past.snapshots().getFirst().id();
            RestoreSpec spec =
                    RestoreSpec.of("/papers", temp.resolve("restored")).with(RestoreSpec.Option.SETUID);
            past.restore(newest, spec, Progress.NONE);
            assertThat(past.verify(newest).isIntact()).isTrue();
        }
        assertThat(Manifest.of(temp.resolve("restored"))).isEqualTo(Manifest.of(temp.resolve("source")));
    }

    @Test
    void isAuditedAndRepairedFromTheVault() throws IOException {
        for (Backend.Entry pack : region.list(FileType.PACK)) {
            region.delete(pack.handle());
        }
        AuditReport found = vault.copies().audit(region, AuditSpec.EVERYTHING);
        assertThat(found.complete()).isEmpty();

        assertThat(vault.copies().repair(region, found).remaining()).isEmpty();

        assertThat(vault.copies().audit(region, AuditSpec.EVERYTHING).findings())
                .isEmpty();
    }

    @Test
    void isKeptForLongerByAuditsAndPrunedWithoutRegardToThat() throws IOException {
        List<SnapshotId> oldestFirst =
                vault.snapshots().reversed().stream().map(each -> each.id()).toList();
        assertThat(vault.copies().audit(region, AuditSpec.STRUCTURE).retained()).isZero();
        try (S3Backend longer = region(Duration.ofHours(3))) {
            assertThat(vault.copies().audit(longer, AuditSpec.STRUCTURE).retained())
                    .isGreaterThan(5);
            assertThat(vault.copies().audit(longer, AuditSpec.STRUCTURE).retained())
                    .isZero();
        }

        try (Vault copy = Vault.open(region(Duration.ofHours(1)), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            assertThat(copy.maintenance().forget(oldestFirst.subList(0, 1))).isEmpty();
            copy.maintenance().prune(PruneSpec.immediately());
            assertThat(copy.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
        AuditReport after = vault.copies().audit(region, AuditSpec.EVERYTHING);
        assertThat(after.findings()).isEmpty();
        assertThat(after.complete()).containsExactly(oldestFirst.getLast());
    }

    private void backup() throws VaultException {
        vault.backup(BackupSpec.of(new Root.Tree(temp.resolve("source"), "/papers")), Progress.NONE);
    }

    private void overwrite(Handle file) throws BackendException {
        try (S3Backend thief = S3Backend.at(location, RadosGateway.CREDENTIALS)) {
            thief.store(file, new byte[] {1, 2, 3});
        }
    }

    private S3Backend region(Duration kept) {
        ObjectLock lock = new ObjectLock(ObjectLock.Mode.COMPLIANCE, kept);
        return S3Backend.at(
                location, RadosGateway.CREDENTIALS, BackendOptions.defaults().withObjectLock(lock));
    }

    /** An instant after everything stored so far and before everything stored from now on, in the store's seconds. */
    private static Instant nextSecond() {
        Instant now = Instant.now().plusSeconds(1);
        Awaitility.await().until(() -> Instant.now().isAfter(now.plusSeconds(1)));
        return now;
    }
}

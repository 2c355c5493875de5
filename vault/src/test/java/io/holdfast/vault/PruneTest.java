package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.RetainingBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckReport;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.lock.MovedPace;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.prune.Allowance;
import io.holdfast.vault.prune.PruneReport;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.rewrite.Removal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruneTest {

    private static final Password PASSWORD = Password.of("secret");
    private static final CheckSpec EVERYTHING = CheckSpec.EVERYTHING.withNoLock(true);
    private static final PruneSpec AT_ONCE = PruneSpec.immediately().withMaxUnused(new Allowance.Bytes(0));
    private static final Duration GRACE = Duration.ofHours(24);
    private static final int FILE_SIZE = 150_000;

    @TempDir
    Path temp;

    private final MemoryBackend memory = new MemoryBackend();
    private final FaultyBackend backend = new FaultyBackend(memory);
    private final MovedPace pace = new MovedPace();
    private final List<SnapshotId> oldestFirst = new ArrayList<>();
    private Path source;
    private Vaults vaults;
    private PruneSpec remembering;

    /** Each snapshot has a file of its own, and shares each with the next; so every pack is half needed without every other. */
    @BeforeEach
    void fourSnapshots() throws IOException {
        source = Files.createDirectories(temp.resolve("source"));
        remembering = PruneSpec.remembering(temp.resolve("state/unindexed")).withMaxUnused(new Allowance.Bytes(0));
        pace.set(Instant.now());
        Vault.init(memory, PASSWORD, Duration.ZERO).close();
        vaults = Vaults.of(memory, PASSWORD);
        for (int i = 0; i < 4; i++) {
            oldestFirst.add(backUp(vaults.at(memory), i));
        }
    }

    private SnapshotId backUp(Vault vault, int i) throws IOException {
        Files.deleteIfExists(source.resolve("shared-" + (i - 2)));
        Files.write(source.resolve("shared-" + i), HardCases.random(100 + i, FILE_SIZE));
        Files.write(source.resolve("own"), HardCases.random(i, FILE_SIZE));
        BackupSpec spec =
                BackupSpec.of(new Root.Tree(source, "/s")).withTime(pace.now().minus(Duration.ofHours(10 - i)));
        return vault.backup(spec, Progress.NONE).snapshot().id();
    }

    @Test
    void freesWhatNoSnapshotNeedsAndKeepsTheRest() throws IOException {
        forget(0, 2);
        long before = bytes();
        PruneReport report = prune(AT_ONCE);
        assertThat(report.plan().repack()).isNotEmpty();
        assertThat(report.stayed()).isEmpty();
        assertThat(report.doubts()).isEmpty();
        assertThat(before - bytes()).isBetween(2L * FILE_SIZE, 2L * FILE_SIZE + 50_000);
        assertIntact(1, 3);
        assertThat(prune(AT_ONCE).plan().repack()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FileType.class,
            names = {"PACK", "INDEX"})
    void losesNothingToAPlaceThatStoresOtherBytesThanItIsGiven(FileType type) throws IOException {
        forget(0, 2);
        backend.on(Trigger.of(Operation.STORE, type), new Fault.FlippedBit(777));
        assertThatThrownBy(() -> prune(backend, AT_ONCE)).hasMessageStartingWith(VaultException.Code.DAMAGED.text());
        backend.heal();
        assertIntact(1, 3);
        prune(AT_ONCE);
        assertIntact(1, 3);
    }

    @Test
    void storesAgainWhatDidNotArriveAsItWasSent() throws IOException {
        forget(0, 2);
        backend.on(Trigger.of(Operation.STORE, FileType.PACK).onCall(1), new Fault.FlippedBit(4321));
        assertThat(prune(backend, AT_ONCE).packsDeleted()).isPositive();
        assertIntact(1, 3);
    }

    @Test
    void empties() throws IOException {
        forget(0, 1, 2, 3);
        prune(AT_ONCE);
        assertThat(handles(FileType.PACK)).isEmpty();
        assertThat(handles(FileType.INDEX)).isEmpty();
    }

    @Test
    void changesNothingInADryRun() throws IOException {
        forget(0, 2);
        var before = memory.handles();
        PruneReport report = prune(AT_ONCE.withDryRun(true));
        assertThat(report.plan().repack()).isNotEmpty();
        assertThat(memory.handles()).isEqualTo(before);
    }

    @Test
    void repacksNoMoreThanAllowedAtOnce() throws IOException {
        forget(0, 2);
        PruneReport report = prune(AT_ONCE.withMaxRepackBytes(0));
        assertThat(report.plan().repack()).isEmpty();
        assertIntact(1, 3);
        assertThat(prune(AT_ONCE.withMaxRepackBytes(3 * FILE_SIZE)).plan().repack())
                .isNotEmpty();
        assertIntact(1, 3);
    }

    @Test
    void repacksOnlyTreesWhenOnlyThoseAreCached() throws IOException {
        forget(0, 2);
        var before = handles(FileType.PACK);
        prune(AT_ONCE.withRepackCacheableOnly(true));
        assertThat(handles(FileType.PACK)).filteredOn(before::contains).hasSizeGreaterThanOrEqualTo(3);
        assertIntact(1, 3);
    }

    @Test
    void deletesPacksOnlyAfterTheyHaveBeenInNoIndexForLongEnough() throws IOException {
        forget(0, 2);
        var packs = handles(FileType.PACK);
        PruneReport first = prune(remembering);
        assertThat(first.packsDeleted()).isZero();
        assertThat(first.packsWaiting()).isPositive();
        assertThat(handles(FileType.PACK)).containsAll(packs);
        assertIntact(1, 3);
        pace.advance(GRACE.minusSeconds(1));
        assertThat(prune(remembering).packsDeleted()).isZero();
        pace.advance(Duration.ofSeconds(1));
        PruneReport last = prune(remembering);
        assertThat(last.packsDeleted()).isEqualTo(first.packsWaiting());
        assertThat(last.bytesDeleted()).isEqualTo(first.bytesWaiting());
        assertThat(last.packsWaiting()).isZero();
        assertIntact(1, 3);
        assertThat(check().notes()).isEmpty();
    }

    @Test
    void beginsToWaitAnewWhenItRemembersNothingOrTheFuture() throws IOException {
        forget(0, 2);
        prune(remembering);
        pace.advance(GRACE);
        Files.writeString(temp.resolve("state/unindexed"), "broken");
        assertThat(prune(remembering).packsDeleted()).isZero();
        pace.set(pace.now().minus(Duration.ofDays(1)));
        assertThat(prune(remembering).packsDeleted()).isZero();
        pace.advance(GRACE);
        assertThat(prune(remembering).packsDeleted()).isPositive();
    }

    @Test
    void deletesNothingWhenASnapshotLiesInTheFuture() throws IOException {
        forget(0, 2);
        prune(remembering);
        pace.advance(GRACE);
        Vault vault = vaults.at(memory);
        BackupSpec spec =
                BackupSpec.of(new Root.Tree(source, "/s")).withTime(pace.now().plus(Duration.ofMinutes(6)));
        vault.backup(spec, Progress.NONE);
        PruneReport report = prune(remembering);
        assertThat(report.packsDeleted()).isZero();
        assertThat(report.doubts()).singleElement().asString().contains("future");
        pace.advance(Duration.ofMinutes(1));
        assertThat(prune(remembering).packsDeleted()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "INDEX", "PACK"})
    void losesNothingThroughOneListingThatLacksSomething(FileType type) throws IOException {
        forget(0);
        for (int call = 1; call <= 4; call++) {
            for (int omitted : new int[] {1, 3}) {
                MemoryBackend copy = copy();
                FaultyBackend faulty = new FaultyBackend(copy);
                Vault misled = vaults.at(faulty);
                faulty.on(Trigger.of(Operation.LIST, type).onCall(call), new Fault.PartialListing(omitted));
                prune(misled, AT_ONCE.withGrace(GRACE, temp.resolve("state/other")));
                Vault vault = vaults.at(copy);
                assertThat(vault.snapshots()).hasSize(3);
                if (type != FileType.SNAPSHOT || call > 1) {
                    assertThat(vault.check(EVERYTHING).problems())
                            .as("call %d without %d", call, omitted)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void deletesNothingOnTheStrengthOfAListingOfSnapshotsThatIsDoneAgain() throws IOException {
        var packs = handles(FileType.PACK);
        backend.on(Trigger.of(Operation.LIST, FileType.SNAPSHOT).times(1), new Fault.PartialListing(3));
        PruneReport report = prune(AT_ONCE);
        assertThat(report.packsDeleted()).isZero();
        assertThat(report.doubts()).singleElement().asString().contains("in spite of the lock");
        assertThat(handles(FileType.PACK)).containsAll(packs);
    }

    @Test
    void survivesAPruneThatDidNotSeeEverySnapshot() throws IOException {
        backend.on(Trigger.of(Operation.LIST, FileType.SNAPSHOT), new Fault.PartialListing(3));
        assertThat(prune(remembering).packsWaiting()).isPositive();
        backend.heal();
        pace.advance(GRACE);
        var packs = handles(FileType.PACK);
        assertThatThrownBy(() -> prune(remembering))
                .hasMessageStartingWith(VaultException.Code.DAMAGED.text())
                .hasMessageContaining("in no index file");
        assertThat(handles(FileType.PACK)).isEqualTo(packs);
    }

    @Test
    void waitsAnewForWhatWasTakenBackIntoTheIndexMeanwhile() throws IOException {
        backend.on(Trigger.of(Operation.LIST, FileType.SNAPSHOT), new Fault.PartialListing(3));
        int waiting = prune(remembering).packsWaiting();
        vaults.at(memory).maintenance().repairIndex(false);
        assertThat(check().problems()).isEmpty();
        pace.advance(GRACE);
        PruneReport again = prune(remembering);
        assertThat(again.packsDeleted()).isZero();
        assertThat(again.packsWaiting()).isEqualTo(waiting);
        vaults.at(memory).maintenance().repairIndex(false);
        assertIntact(0, 1, 2, 3);
    }

    @Test
    void removesNothingWhenASnapshotCannotBeRead() throws IOException {
        forget(0);
        Handle file = new Handle(FileType.SNAPSHOT, oldestFirst.get(2).toString());
        refusesWith(file, flipped(file));
    }

    @Test
    void removesNothingWhenATreeCannotBeRead() throws IOException {
        forget(0);
        Vault vault = vaults.at(memory);
        BlobKey tree = BlobKey.tree(vault.snapshots().getFirst().tree());
        BlobIndex.Location at = index().find(tree).orElseThrow();
        Handle pack = new Handle(FileType.PACK, at.pack().toString());
        byte[] bad = memory.load(pack);
        bad[(int) at.blob().offset() + 20] ^= 1;
        refusesWith(pack, bad);
    }

    @Test
    void removesNothingWhenAPackThatIsNeededHasAnotherSizeOrIsGone() throws IOException {
        forget(0);
        Handle largest = handles(FileType.PACK).stream()
                .filter(pack -> size(pack) > FILE_SIZE)
                .findFirst()
                .orElseThrow();
        byte[] good = memory.load(largest);
        refusesWith(largest, Arrays.copyOf(good, good.length - 1));
        memory.delete(largest);
        var before = memory.handles();
        assertThatThrownBy(() -> prune(AT_ONCE)).hasMessageStartingWith(VaultException.Code.DAMAGED.text());
        assertThat(memory.handles()).isEqualTo(before);
    }

    @Test
    void removesNothingWhenAnIndexFileIsGone() throws IOException {
        forget(0);
        for (Handle index : handles(FileType.INDEX)) {
            byte[] content = memory.load(index);
            memory.delete(index);
            var before = handles(FileType.PACK);
            try {
                prune(AT_ONCE);
            } catch (VaultException e) {
                assertThat(e.code()).isEqualTo(VaultException.Code.DAMAGED);
                assertThat(handles(FileType.PACK)).isEqualTo(before);
            }
            memory.store(index, content);
        }
    }

    @Test
    void repacksADamagedBlobFromAnotherCopyOfIt() throws IOException {
        byte[] wanted = HardCases.random(77, 500_000);
        for (int i = 0; i < 4; i++) {
            Files.deleteIfExists(source.resolve("shared-" + i));
        }
        Files.write(source.resolve("wanted"), wanted);
        SnapshotId last;
        Vault vault = vaults.at(memory);
        var known = handles(FileType.INDEX);
        oldestFirst.add(backUp(vault, 10));
        Handle hidden = handles(FileType.INDEX).stream()
                .filter(each -> !known.contains(each))
                .findFirst()
                .orElseThrow();
        byte[] content = memory.load(hidden);
        memory.delete(hidden);
        vault.refresh();
        oldestFirst.add(backUp(vault, 20));
        memory.store(hidden, content);
        vault.refresh();
        try (var files = Files.list(source)) {
            for (Path file : files.filter(each -> !each.endsWith("wanted")).toList()) {
                Files.delete(file);
            }
        }
        last = vault.backup(BackupSpec.of(new Root.Tree(source, "/s")).withTime(pace.now()), Progress.NONE)
                .snapshot()
                .id();
        forget(0, 1, 2, 3, 4, 5);
        List<BlobIndex.Location> copies = index().copies(BlobKey.data(BlobId.ofContent(wanted)));
        assertThat(copies).hasSize(2);
        for (BlobIndex.Location copy : copies) {
            MemoryBackend place = copy();
            damage(place, copy);
            assertThat(prune(place, AT_ONCE).plan().repack()).hasSize(1);
            Vault pruned = vaults.at(place);
            assertThat(pruned.verify(last).problems()).isEmpty();
            assertThat(pruned.check(EVERYTHING).problems()).isEmpty();
        }
        for (BlobIndex.Location copy : copies) {
            damage(memory, copy);
        }
        var before = handles(FileType.PACK);
        assertThatThrownBy(() -> prune(AT_ONCE)).hasMessageStartingWith(VaultException.Code.DAMAGED.text());
        assertThat(handles(FileType.PACK)).containsAll(before);
    }

    private static void damage(MemoryBackend place, BlobIndex.Location at) throws IOException {
        Handle pack = new Handle(FileType.PACK, at.pack().toString());
        byte[] bad = place.load(pack);
        bad[(int) at.blob().offset() + 20] ^= 1;
        place.corrupt(pack, bad);
    }

    @Test
    void goesOnPastWhatThePlaceKeepsAndSaysSo() throws IOException {
        forget(0, 2);
        RetainingBackend retaining = new RetainingBackend(memory, Duration.ofDays(7), pace::now);
        for (Handle handle : memory.handles()) {
            retaining.store(handle, memory.load(handle));
        }
        PruneReport report = prune(retaining, AT_ONCE);
        assertThat(report.stayed()).extracting(Removal.Stayed::file).anyMatch(file -> file.type() == FileType.INDEX);
        assertThat(report.packsDeleted()).isZero();
        assertIntact(1, 3);
        pace.advance(Duration.ofDays(8));
        PruneReport later = prune(retaining, AT_ONCE);
        assertThat(later.stayed()).isEmpty();
        assertThat(later.packsDeleted()).isPositive();
        assertIntact(1, 3);
        assertThat(check().notes()).isEmpty();
    }

    private void refusesWith(Handle file, byte[] bad) throws IOException {
        byte[] good = memory.load(file);
        memory.corrupt(file, bad);
        var before = memory.handles();
        assertThatThrownBy(() -> prune(AT_ONCE)).hasMessageStartingWith(VaultException.Code.DAMAGED.text());
        assertThat(memory.handles()).as("%s", file).isEqualTo(before);
        memory.corrupt(file, good);
    }

    private byte[] flipped(Handle file) throws IOException {
        byte[] bad = memory.load(file);
        bad[bad.length / 2] ^= 1;
        return bad;
    }

    private void forget(int... indices) throws IOException {
        Vault vault = vaults.at(memory);
        List<SnapshotId> ids = new ArrayList<>();
        for (int index : indices) {
            ids.add(oldestFirst.get(index));
        }
        vault.maintenance().forget(ids);
    }

    private PruneReport prune(PruneSpec spec) throws IOException {
        return prune(backend, spec);
    }

    private PruneReport prune(Backend place, PruneSpec spec) throws IOException {
        return vaults.at(place, Vaults.AT_ONCE.withPace(pace)).maintenance().prune(spec);
    }

    /** A prune that may find that something is missing. */
    private static void prune(Vault vault, PruneSpec spec) throws IOException {
        try {
            vault.maintenance().prune(spec);
        } catch (VaultException e) {
            assertThat(e.code()).isEqualTo(VaultException.Code.DAMAGED);
        }
    }

    private void assertIntact(int... kept) throws IOException {
        assertThat(check().problems()).isEmpty();
        Vault vault = vaults.at(memory);
        assertThat(vault.snapshots()).hasSize(kept.length);
        for (int index : kept) {
            assertThat(vault.verify(oldestFirst.get(index)).problems()).isEmpty();
        }
    }

    private CheckReport check() throws IOException {
        Vault vault = vaults.at(memory);
        return vault.check(EVERYTHING);
    }

    private BlobIndex index() throws IOException {
        return vaults.repository(memory).index().refresh();
    }

    private MemoryBackend copy() throws IOException {
        MemoryBackend copy = new MemoryBackend();
        for (Handle handle : memory.handles()) {
            copy.store(handle, memory.load(handle));
        }
        return copy;
    }

    private List<Handle> handles(FileType type) {
        return memory.handles().stream()
                .filter(handle -> handle.type() == type)
                .sorted(Comparator.comparing(Handle::name))
                .toList();
    }

    private long bytes() {
        return handles(FileType.PACK).stream().mapToLong(this::size).sum();
    }

    private long size(Handle handle) {
        try {
            return memory.size(handle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

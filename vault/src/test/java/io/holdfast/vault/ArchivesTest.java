package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.archive.ArchiveFate;
import io.holdfast.vault.archive.ArchiveName;
import io.holdfast.vault.archive.ArchiveName.Length;
import io.holdfast.vault.archive.DropSpec;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.Backends;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Shelf;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.MemoryShelf;
import io.holdfast.vault.backend.testing.RetainingBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.lock.MovedPace;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {

    private static final Password PASSWORD = Password.of("secret");
    private static final CheckSpec CHECK = CheckSpec.EVERYTHING.withNoLock(true);
    private static final List<ArchiveName> YEARS = List.of(year(2017), year(2018), year(2019));

    @TempDir
    Path temp;

    private final MemoryBackend source = new MemoryBackend();
    private final MovedPace pace = new MovedPace();
    private final List<SnapshotId> oldestFirst = new ArrayList<>();
    private UnaryOperator<Backend> seenAs = place -> place;
    private final MemoryShelf shelf = new MemoryShelf(place -> seenAs.apply(place));
    private Vaults vaults;
    private DropSpec threeYears;

    /** Two in each of three years; it is the year 2026. */
    @BeforeEach
    void sixSnapshots() throws IOException {
        Path directory = Files.createDirectories(temp.resolve("source"));
        pace.set(Instant.parse("2026-03-01T12:00:00Z"));
        threeYears = DropSpec.after(Period.ofYears(3), temp.resolve("state/archives"));
        Vault.init(source, PASSWORD, Duration.ZERO).close();
        vaults = Vaults.of(source, PASSWORD);
        for (int run = 0; run < 6; run++) {
            Files.write(directory.resolve("file-" + run), HardCases.random(run, 900));
            Instant time = Instant.parse("%d-0%d-15T12:00:00Z".formatted(2017 + run / 2, run % 2 + 1));
            oldestFirst.add(
                    vault().backup(BackupSpec.of(new Root.Tree(directory, "/s")).withTime(time), Progress.NONE)
                            .snapshot()
                            .id());
        }
    }

    @Test
    void anArchiveHoldsTheWantedSnapshotsOfItsPeriodUnderTheirOwnIds() throws IOException {
        ReplicationReport report = fill(shelf, year(2018));

        assertThat(report.replicated()).containsExactlyElementsOf(oldestFirst.subList(2, 4));
        try (Vault archive = Impatient.open(shelf.at("2018"), PASSWORD)) {
            assertThat(archive.snapshots())
                    .extracting(Snapshot::id)
                    .containsExactly(oldestFirst.get(3), oldestFirst.get(2));
            assertThat(archive.check(CHECK).problems()).isEmpty();
        }
        assertThat(fill(shelf, year(2018)).packsSent()).isZero();
        assertThat(vault().archives(shelf).list()).containsExactly(year(2018));
    }

    @Test
    void aShorterPeriodHoldsLessAndNothingMakesNoArchive() throws IOException {
        ArchiveName month = ArchiveName.parse("2018-02").orElseThrow();
        assertThat(fill(shelf, month).replicated()).containsExactly(oldestFirst.get(3));

        assertThat(fill(shelf, year(2024)).replicated()).isEmpty();
        assertThat(shelf.names()).containsExactly("2018-02");
    }

    @Test
    void archivesAreDroppedWholeADayAfterTheirTimeWasFirstSeenOver() throws IOException {
        fillAll(shelf);
        shelf.at("lost+found").store(Handle.CONFIG, new byte[] {1});

        assertThat(drop()).containsExactly(waiting(2017), waiting(2018), new ArchiveFate.KeptAsNewest(year(2019)));
        pace.advance(Duration.ofHours(23));
        assertThat(drop()).contains(waiting(2017), waiting(2018));
        pace.advance(Duration.ofHours(2));
        assertThat(drop())
                .extracting(Object::getClass)
                .containsExactly(ArchiveFate.Dropped.class, ArchiveFate.Dropped.class, ArchiveFate.KeptAsNewest.class);

        assertThat(shelf.names()).containsExactlyInAnyOrder("2019", "lost+found");
        assertThat(drop()).containsExactly(new ArchiveFate.KeptAsNewest(year(2019)));
        assertThat(vault().snapshots()).hasSize(6);
        assertIntact("2019", 2);
    }

    @Test
    void anArchiveIsKeptUntilTheLastDayIsOverEverywhere() throws IOException {
        fillAll(shelf);
        pace.set(Instant.parse("2022-01-01T11:59:00Z"));
        assertThat(drop(threeYears.withGrace(Duration.ZERO)))
                .extracting(Object::getClass)
                .containsExactly(ArchiveFate.Dropped.class, ArchiveFate.Kept.class, ArchiveFate.Kept.class);
        pace.set(Instant.parse("2022-01-01T12:00:00Z"));
        assertThat(drop(threeYears.withGrace(Duration.ZERO)))
                .extracting(Object::getClass)
                .containsExactly(ArchiveFate.Dropped.class, ArchiveFate.Kept.class);
    }

    @Test
    void aDryRunNeitherDropsNorRemembers() throws IOException {
        fillAll(shelf);
        DropSpec dry = threeYears.withDryRun(true);
        assertThat(drop(dry)).contains(waiting(2017));
        assertThat(drop(dry.withGrace(Duration.ZERO))).contains(new ArchiveFate.Planned(year(2017)));
        assertThat(temp.resolve("state")).doesNotExist();
        assertThat(shelf.names()).hasSize(3);
    }

    @Test
    void aPlaceThatKeepsItsFilesKeepsTheArchiveWhole() throws IOException {
        seenAs = place ->
                keeping.computeIfAbsent(place, it -> new RetainingBackend(it, Duration.ofDays(300), pace::now));
        fillAll(shelf);

        assertThat(dropNow().getFirst())
                .isInstanceOfSatisfying(
                        ArchiveFate.Held.class,
                        held -> assertThat(held.stayed()).hasSize(2));
        assertIntact("2017", 2);

        pace.advance(Duration.ofDays(301));
        assertThat(dropNow().getFirst()).isInstanceOf(ArchiveFate.Dropped.class);
    }

    private final Map<Backend, Backend> keeping = new HashMap<>();

    @Test
    void nothingIsDroppedOnAPartialListing() throws IOException {
        fillAll(shelf);
        for (FileType type : List.of(FileType.SNAPSHOT, FileType.PACK, FileType.INDEX, FileType.KEY)) {
            seenAs = place -> new FaultyBackend(place)
                    .on(Trigger.of(Operation.LIST, type).onCall(1), new Fault.PartialListing(1));
            assertThat(dropNow())
                    .filteredOn(ArchiveFate.Refused.class::isInstance)
                    .as("%s", type)
                    .hasSize(2);
        }
        seenAs = place ->
                new FaultyBackend(place).on(Trigger.of(Operation.LIST, FileType.PACK), new Fault.PartialListing(1));
        assertThat(dropNow()).filteredOn(ArchiveFate.Refused.class::isInstance).hasSize(2);
        for (ArchiveName year : YEARS) {
            assertIntact(year.toString(), 2);
        }
    }

    @Test
    void anArchiveThatHoldsWhatDoesNotBelongThereIsNotDropped() throws IOException {
        fillAll(shelf);
        vault().copies().replicate(shelf.at("2017"), ReplicationSpec.ALL, ReplicationListener.NONE);
        shelf.clear("2018");
        Vault.init(shelf.at("2018"), PASSWORD, Duration.ZERO).close();

        List<ArchiveFate> fates = dropNow();

        assertThat(fates.getFirst())
                .isInstanceOfSatisfying(
                        ArchiveFate.Refused.class,
                        refused -> assertThat(refused.doubts())
                                .hasSize(4)
                                .allSatisfy(doubt -> assertThat(doubt).contains("not in this period")));
        assertThat(fates.get(1))
                .isInstanceOfSatisfying(
                        ArchiveFate.Refused.class,
                        refused -> assertThat(refused.doubts())
                                .allSatisfy(doubt -> assertThat(doubt).contains("another repository")));
        assertIntact("2017", 6);
    }

    @Test
    void aDirectoryHoldsArchivesAndNothingIsLeftOfADroppedOne() throws IOException {
        Path place = temp.resolve("archives");
        Shelf directory = Backends.shelf(place.toString(), _ -> null, BackendOptions.defaults());
        assertThatThrownBy(() -> fill(directory, year(2017)))
                .hasMessageStartingWith(VaultException.Code.MISCONFIGURED.text());
        assertThat(place).doesNotExist();
        Files.createDirectories(place.resolve("something else"));
        fillAll(directory);
        assertThat(vault().archives(directory).list()).containsExactlyElementsOf(YEARS);

        pace.set(Instant.now().plus(Duration.ofHours(1)));
        assertThat(vault().archives(directory)
                        .dropExpired(threeYears.withGrace(Duration.ZERO))
                        .getFirst())
                .isInstanceOfSatisfying(
                        ArchiveFate.Refused.class,
                        refused -> assertThat(refused.doubts())
                                .allSatisfy(doubt -> assertThat(doubt).contains("clocks")));

        pace.set(Instant.now());
        vault().archives(directory).dropExpired(threeYears.withGrace(Duration.ZERO));

        assertThat(place.resolve("2017")).doesNotExist();
        assertThat(place.resolve("2018")).doesNotExist();
        assertThat(place.resolve("something else")).exists();
        assertThat(vault().archives(directory).list()).containsExactly(year(2019));
    }

    private static ArchiveFate waiting(int year) {
        return new ArchiveFate.Waiting(year(year));
    }

    private static ArchiveName year(int year) {
        return new ArchiveName(Length.YEAR, LocalDate.of(year, 1, 1));
    }

    private void fillAll(Shelf places) throws IOException {
        for (ArchiveName year : YEARS) {
            assertThat(fill(places, year).problems()).isEmpty();
        }
    }

    private ReplicationReport fill(Shelf places, ArchiveName name) throws IOException {
        return vault().archives(places).fill(name, ReplicationSpec.ALL, ReplicationListener.NONE);
    }

    private List<ArchiveFate> drop() throws IOException {
        return drop(threeYears);
    }

    private List<ArchiveFate> dropNow() throws IOException {
        return drop(threeYears.withGrace(Duration.ZERO));
    }

    private List<ArchiveFate> drop(DropSpec spec) throws IOException {
        return vault().archives(shelf).dropExpired(spec);
    }

    private void assertIntact(String name, int snapshots) throws IOException {
        try (Vault archive = Impatient.open(shelf.at(name), PASSWORD)) {
            assertThat(archive.snapshots()).hasSize(snapshots);
            assertThat(archive.check(CHECK).problems()).isEmpty();
        }
    }

    private Vault vault() {
        return vaults.at(source, Vaults.AT_ONCE.withPace(pace));
    }
}

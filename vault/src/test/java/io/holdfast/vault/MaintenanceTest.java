package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.lock.LockFile;
import io.holdfast.vault.lock.LockOwner;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.retention.Grouping;
import io.holdfast.vault.retention.KeepRule;
import io.holdfast.vault.retention.Objection;
import io.holdfast.vault.retention.RetentionPolicy;
import io.holdfast.vault.retention.Safeguards;
import io.holdfast.vault.rewrite.Removal;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

    private static final Password PASSWORD = Password.of("secret");
    private static final RetentionPolicy LAST = RetentionPolicy.of(new KeepRule.Last(1));

    @TempDir
    Path temp;

    private final MemoryBackend memory = new MemoryBackend();
    private final FaultyBackend backend = new FaultyBackend(memory);
    private final List<SnapshotId> oldestFirst = new ArrayList<>();
    private Repository repository;
    private Vault vault;

    @BeforeEach
    void threeSnapshots() throws IOException {
        vault = Vault.init(backend, PASSWORD, Duration.ZERO);
        repository = Opening.open(backend, PASSWORD, VaultOptions.DEFAULT).repository();
        Path source = Files.createDirectories(temp.resolve("source"));
        Instant time = Instant.now().minus(Duration.ofHours(5));
        for (int i = 0; i < 3; i++) {
            Files.write(source.resolve("file"), HardCases.random(i, 1000));
            BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/s"))
                    .withTime(time.plus(Duration.ofHours(i)))
                    .withTags(List.of("n" + i, "all"));
            oldestFirst.add(vault.backup(spec, Progress.NONE).snapshot().id());
        }
    }

    @Test
    void forgetsWhatThePolicyDoesNotKeepAndNothingButSnapshotFiles() throws IOException {
        int others = memory.handles().size() - 3;
        ForgetResult result = vault.maintenance().forget(ForgetSpec.of(LAST));
        assertThat(result).isInstanceOfSatisfying(ForgetResult.Forgotten.class, done -> {
            assertThat(done.removed()).containsExactlyInAnyOrder(oldestFirst.get(0), oldestFirst.get(1));
            assertThat(done.stayed()).isEmpty();
        });
        assertThat(ids()).containsExactly(oldestFirst.get(2));
        assertThat(memory.handles()).hasSize(others + 1);
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void onlyTellsWhatADryRunWouldForget() throws IOException {
        ForgetResult result = vault.maintenance().forget(ForgetSpec.of(LAST).withDryRun(true));
        assertThat(result.plan().remove()).hasSize(2);
        assertThat(ids()).hasSize(3);
    }

    @Test
    void forgetsNothingWhenSomethingSpeaksAgainstIt() throws IOException {
        ForgetResult result = vault.maintenance()
                .forget(ForgetSpec.of(LAST).withSafeguards(Safeguards.STANDARD.withGreatestShare(0.5)));
        assertThat(result).isInstanceOf(ForgetResult.Refused.class);
        assertThat(ids()).hasSize(3);
    }

    @Test
    void considersOnlyWhatItIsTold() throws IOException {
        ForgetSpec spec = ForgetSpec.of(LAST)
                .withGrouping(Grouping.parse(""))
                .withConsidered(each -> !each.tags().contains("n0"));
        vault.maintenance().forget(spec);
        assertThat(ids()).containsExactly(oldestFirst.get(2), oldestFirst.get(0));
    }

    @Test
    void forgetsNothingOnTheStrengthOfAListingThatLacksASnapshot() throws IOException {
        backend.on(Trigger.of(Operation.LIST, FileType.SNAPSHOT).onCall(1), new Fault.PartialListing(1));
        ForgetResult result = vault.maintenance().forget(ForgetSpec.of(LAST));
        assertThat(result).isInstanceOf(ForgetResult.Refused.class);
        assertThat(result.plan().objections()).containsExactly(new Objection.ListingsDiffer());
        assertThat(ids()).hasSize(3);
    }

    @Test
    void goesOnPastASnapshotThatThePlaceKeeps() throws IOException {
        backend.on(Trigger.of(Operation.DELETE, FileType.SNAPSHOT).onCall(1), new Fault.Failure(Kind.RETAINED));
        List<Removal.Stayed> stayed = vault.maintenance().forget(oldestFirst);
        assertThat(stayed).extracting(Removal.Stayed::file).containsExactly(SnapshotFiles.handle(oldestFirst.get(0)));
        assertThat(ids()).containsExactly(oldestFirst.get(0));
    }

    @Test
    void forgetsNothingWhileAnotherProcessWorks() throws IOException {
        SealedFiles files = repository.filesAt(memory);
        LockOwner elsewhere = new LockOwner("elsewhere", "someone", 17, 1000, 1000, null);
        files.store(FileType.LOCK, new LockFile(Instant.now(), false, elsewhere).write());
        assertThatThrownBy(() -> vault.maintenance().forget(ForgetSpec.of(LAST)))
                .hasMessageStartingWith(VaultException.Code.LOCKED.text());
        assertThat(ids()).hasSize(3);
        assertThat(vault.maintenance().locks()).hasSize(1);
        assertThat(vault.maintenance().unlock()).isZero();
        assertThat(vault.maintenance().unlock(lock -> lock.owner().equals(elsewhere)))
                .isEqualTo(1);
        vault.maintenance().forget(ForgetSpec.of(LAST));
    }

    @Test
    void changesTagsAndRemembersTheFirstId() throws IOException {
        SnapshotId first = oldestFirst.get(0);
        List<Retagged> changed = vault.maintenance()
                .tag(each -> each.id().equals(first), new TagChange.Edit(List.of("new", "all"), List.of("n0")));
        assertThat(changed).singleElement().satisfies(each -> {
            assertThat(each.before()).isEqualTo(first);
            assertThat(each.after().tags()).containsExactly("all", "new");
            assertThat(each.after().original()).contains(first);
        });
        SnapshotId second = changed.getFirst().after().id();
        Snapshot third = vault.maintenance()
                .tag(each -> each.id().equals(second), new TagChange.Set(List.of()))
                .getFirst()
                .after();
        assertThat(third.tags()).isEmpty();
        assertThat(third.original()).contains(first);
        assertThat(ids()).hasSize(3).contains(third.id()).doesNotContain(first, second);
        assertThat(vault.maintenance().tag(_ -> true, new TagChange.Edit(List.of(), List.of("nowhere"))))
                .isEmpty();
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void keepsWhatOnlyOthersKnowWhenTagsChange() throws IOException {
        byte[] foreign =
                "{\"time\":\"2024-05-06T07:08:09.1+05:30\",\"tree\":\"%s\",\"paths\":[\"/x\"],\"uid\":7,\"future\":{\"a\":[1]}}"
                        .formatted(vault.snapshots().getFirst().tree())
                        .getBytes(StandardCharsets.UTF_8);
        SnapshotId id = repository.snapshots().storeJson(foreign).id();
        Snapshot tagged = vault.maintenance()
                .tag(each -> each.id().equals(id), new TagChange.Set(List.of("t")))
                .getFirst()
                .after();
        assertThat(new String(vault.cat().snapshot(tagged.id()), StandardCharsets.UTF_8))
                .isEqualTo(new String(foreign, StandardCharsets.UTF_8)
                        .replace("}}", "},\"tags\":[\"t\"],\"original\":\"%s\"}".formatted(id)));
    }

    @Test
    void losesNoSnapshotWhenATagChangeIsCutOff() throws IOException {
        for (Operation operation : List.of(Operation.STORE, Operation.DELETE)) {
            backend.on(Trigger.of(operation, FileType.SNAPSHOT), new Fault.Failure(Kind.UNREACHABLE));
            assertThatThrownBy(() -> vault.maintenance().tag(_ -> true, new TagChange.Set(List.of("x"))))
                    .hasMessageStartingWith(VaultException.Code.UNREACHABLE.text());
            backend.heal();
            assertThat(ids()).containsAll(oldestFirst);
        }
    }

    @Test
    void showsEveryPartOfARepository() throws IOException {
        Cat cat = vault.cat();
        SnapshotId newest = oldestFirst.get(2);
        assertThat(text(cat.config())).contains("\"version\":2", vault.id().toString());
        assertThat(text(cat.masterKey())).startsWith("{\"mac\":{\"k\":\"");
        assertThat(text(cat.snapshot(newest))).contains("\"hostname\"");
        assertThat(text(cat.key(vault.keys().list().getFirst().id()))).contains("\"kdf\":\"scrypt\"");
        Handle index = first(FileType.INDEX);
        assertThat(text(cat.index(index.name()))).startsWith("{\"packs\":");
        PackedBlob blob =
                repository.index().refresh().packs().iterator().next().blobs().getFirst();
        assertThat(BlobId.ofContent(cat.blob(blob.key().id())))
                .isEqualTo(blob.key().id());
        var pack = repository.index().current().packs().iterator().next();
        assertThat(cat.packHeader(pack.id())).isEqualTo(pack);
        assertThat(cat.pack(pack.id())).hasSize((int) pack.size());
        assertThat(text(cat.tree(newest, "/"))).contains("\"name\":\"s\"");
        assertThat(text(cat.tree(newest, "/s"))).contains("\"name\":\"file\"");
        assertThatThrownBy(() -> cat.tree(newest, "/s/file"))
                .hasMessageStartingWith(VaultException.Code.NO_SUCH_PATH.text());
    }

    private Handle first(FileType type) {
        return memory.handles().stream()
                .filter(each -> each.type() == type)
                .findFirst()
                .orElseThrow();
    }

    private List<SnapshotId> ids() throws VaultException {
        return vault.snapshots().stream().map(Snapshot::id).toList();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

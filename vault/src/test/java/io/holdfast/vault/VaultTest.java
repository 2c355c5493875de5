package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.VaultException.Code;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.lock.LockFile;
import io.holdfast.vault.lock.LockOwner;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    private static final Password PASSWORD = Password.of("secret");

    @TempDir
    Path temp;

    private final MemoryBackend backend = new MemoryBackend();
    private Path source;
    private Vault vault;

    @BeforeEach
    void emptyVault() throws IOException {
        source = Files.createDirectories(temp.resolve("source"));
        vault = Vault.init(backend, PASSWORD, Duration.ZERO);
    }

    @Test
    void refusesASecondInitAWrongPasswordAndAnEmptyPlace() {
        refuses(Code.REPOSITORY_EXISTS, () -> Vault.init(backend, PASSWORD, Duration.ZERO));
        refuses(Code.WRONG_PASSWORD, () -> Vault.open(backend, Password.of("wrong")));
        refuses(Code.NO_REPOSITORY, () -> Vault.open(new MemoryBackend(), PASSWORD));
        assertThat(PASSWORD.toString()).doesNotContain("secret");
    }

    @Test
    void refusesAMissingRootBeforeStoringAnything() {
        int before = backend.handles().size();
        refuses(
                Code.SOURCE_MISSING,
                () -> vault.backup(BackupSpec.of(new Root.Tree(temp.resolve("gone"), "/gone")), Progress.NONE));
        refuses(
                Code.REFUSED,
                () -> vault.backup(
                        BackupSpec.of(new Root.Tree(source, "/a"), new Root.Tree(source, "/a/b")), Progress.NONE));
        assertThat(backend.handles()).hasSize(before);
    }

    @Test
    void showsNothingWhenTheGuardRefusesTheCommit() throws IOException {
        write("a", "content");
        IOException lost = new IOException("lease lost");
        BackupSpec guarded = spec().withCommitGuard(() -> {
            throw lost;
        });
        assertThatThrownBy(() -> vault.backup(guarded, Progress.NONE))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(Code.REFUSED))
                .hasCause(lost);
        assertThat(vault.snapshots()).isEmpty();
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void tellsAsItIsWhatTheGuardOfACommitHasFromAVault() throws IOException {
        write("a", "content");
        BackupSpec guarded = spec().withCommitGuard(() ->
                vault.restore(SnapshotId.parse("0".repeat(64)), RestoreSpec.of("/", temp), Progress.NONE));
        refuses(Code.NO_SUCH_SNAPSHOT, () -> vault.backup(guarded, Progress.NONE));
    }

    @Test
    void leavesOutWhatIsExcludedAndKeepsItOnRestore() throws IOException {
        write("keep", "1");
        write("x.tmp", "2");
        write("cache/blob", "3");
        List<String> patterns = List.of("*.tmp", "cache/*");
        Snapshot snapshot =
                vault.backup(spec().withExcludes(patterns), Progress.NONE).snapshot();
        assertThat(paths(snapshot)).containsExactly("/v", "/v/s", "/v/s/cache", "/v/s/keep");
        write("extra", "4");
        write("dir/extra", "5");
        RestoreResult result = vault.restore(
                snapshot.id(),
                RestoreSpec.of("/v/s", source)
                        .with(RestoreSpec.Option.DELETE_EXTRA)
                        .withKeep(patterns),
                Progress.NONE);
        assertThat(result.deleted()).isEqualTo(3);
        assertThat(source.resolve("x.tmp")).exists();
        assertThat(source.resolve("cache/blob")).exists();
        assertThat(source.resolve("extra")).doesNotExist();
        assertThat(source.resolve("dir")).doesNotExist();
    }

    @Test
    void takesAllButWhatDoesNotMatchAndLeavesThatAloneOnRestore() throws IOException {
        write("a.md", "1");
        write("a.txt", "2");
        write("deep/er/b.md", "3");
        write("deep/er/b.txt", "4");
        write("deep/none/c.txt", "5");
        write("whole/any", "6");
        Files.createDirectories(source.resolve("whole/empty"));
        Files.createDirectories(source.resolve("empty"));
        write("draft/a.md", "7");
        List<String> patterns = List.of("*.md", "whole", "!draft");
        Snapshot snapshot = vault.backup(spec().withExcludes(Excludes.NONE.withAllBut(patterns)), Progress.NONE)
                .snapshot();
        assertThat(paths(snapshot))
                .containsExactly(
                        "/v",
                        "/v/s",
                        "/v/s/a.md",
                        "/v/s/deep",
                        "/v/s/deep/er",
                        "/v/s/deep/er/b.md",
                        "/v/s/whole",
                        "/v/s/whole/any",
                        "/v/s/whole/empty");
        write("new.md", "8");
        write("new.txt", "9");
        write("extra/new.md", "10");
        write("extra/in/new.md", "11");
        write("other/in/new.md", "12");
        write("other/in/new.txt", "13");
        write("whole/new", "14");
        write("deep/er/b.md", "changed");
        write("a.txt", "changed");
        RestoreResult result = vault.restore(
                snapshot.id(),
                RestoreSpec.of("/v/s", source)
                        .with(RestoreSpec.Option.DELETE_EXTRA)
                        .withOnly(patterns),
                Progress.NONE);
        assertThat(result.problems()).isEmpty();
        assertThat(source.resolve("deep/er/b.md")).hasContent("3");
        assertThat(source.resolve("a.txt")).hasContent("changed");
        assertThat(List.of("new.txt", "other/in/new.txt", "deep/none/c.txt", "empty", "draft/a.md"))
                .allSatisfy(path -> assertThat(source.resolve(path)).exists());
        assertThat(List.of("new.md", "extra", "other/in/new.md", "whole/new"))
                .allSatisfy(path -> assertThat(source.resolve(path)).doesNotExist());
    }

    @Test
    void replacesNoFileOutsideWhatTheBackupTookByADirectory() throws IOException {
        write("notes/a.md", "1");
        Snapshot snapshot = vault.backup(spec().withExcludes(Excludes.NONE.withAllBut(List.of("*.md"))), Progress.NONE)
                .snapshot();
        Files.delete(source.resolve("notes/a.md"));
        Files.delete(source.resolve("notes"));
        write("notes", "not in the backup");
        RestoreResult result =
                vault.restore(snapshot.id(), RestoreSpec.of("/v/s", source).withOnly(List.of("*.md")), Progress.NONE);
        assertThat(result.isComplete()).isFalse();
        assertThat(source.resolve("notes")).hasContent("not in the backup");
    }

    @Test
    void replacesASymlinkInTheWayInsteadOfFollowingIt() throws IOException {
        write("dir/file", "inside");
        Snapshot snapshot = vault.backup(spec(), Progress.NONE).snapshot();
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Path target = Files.createDirectories(temp.resolve("target"));
        Files.createSymbolicLink(target.resolve("dir"), outside);
        vault.restore(
                snapshot.id(), RestoreSpec.of("/v/s", target).with(RestoreSpec.Option.DELETE_EXTRA), Progress.NONE);
        assertThat(outside).isEmptyDirectory();
        assertThat(target.resolve("dir")).isDirectory().isNotEqualTo(outside);
        assertThat(Files.isSymbolicLink(target.resolve("dir"))).isFalse();
        assertThat(target.resolve("dir/file")).hasContent("inside");
    }

    @Test
    void restoresASingleFileAndRefusesAPathThatIsNotThere() throws IOException {
        write("dir/file", "inside");
        Snapshot snapshot = vault.backup(spec(), Progress.NONE).snapshot();
        Path target = temp.resolve("new/place");
        vault.restore(snapshot.id(), RestoreSpec.of("/v/s/dir/file", target), Progress.NONE);
        assertThat(target).hasContent("inside");
        refuses(
                Code.NO_SUCH_PATH,
                () -> vault.restore(snapshot.id(), RestoreSpec.of("/v/s/none", target), Progress.NONE));
        refuses(
                Code.NO_SUCH_SNAPSHOT,
                () -> vault.restore(Snapshot.UNSTORED, RestoreSpec.of("/v", target), Progress.NONE));
    }

    @Test
    void carriesGeneratedFilesAndUnchangedTreesAddNothing() throws IOException {
        write("a", "content");
        byte[] manifest = "{}".getBytes(StandardCharsets.UTF_8);
        BackupSpec spec =
                BackupSpec.of(new Root.Tree(source, "/v/s"), new Root.Generated("/v/manifest.json", manifest));
        Snapshot first = vault.backup(spec, Progress.NONE).snapshot();
        Snapshot second =
                vault.backup(spec.withTime(Instant.now()), Progress.NONE).snapshot();
        assertThat(second.tree()).isEqualTo(first.tree());
        assertThat(second.parent()).contains(first.id());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        vault.contents().dump(second.id(), "/v/manifest.json", out);
        assertThat(out.toByteArray()).isEqualTo(manifest);
    }

    @Test
    void refusesToCheckBesideAnotherProcessButClearsItsOwnDead() throws IOException {
        SealedFiles files = Opening.open(backend, PASSWORD, VaultOptions.DEFAULT)
                .repository()
                .files();
        LockOwner self = LockOwner.self();
        LockOwner dead = new LockOwner(
                self.hostname(), self.username(), 4_194_303L + 7, self.uid(), self.gid(), self.pidNamespace());
        files.store(FileType.LOCK, new LockFile(Instant.now(), true, dead).write());
        assertThat(vault.clearDeadLocks()).isEqualTo(1);
        LockOwner elsewhere = new LockOwner("elsewhere", "someone", 17, 1000, 1000, null);
        files.store(FileType.LOCK, new LockFile(Instant.now(), false, elsewhere).write());
        refuses(Code.LOCKED, () -> vault.check(CheckSpec.STRUCTURE));
        assertThatThrownBy(() -> vault.check(CheckSpec.STRUCTURE))
                .hasMessageContaining("process 17 of someone on host elsewhere");
        assertThat(vault.check(CheckSpec.STRUCTURE.withNoLock(true)).problems()).isEmpty();
        write("a", "content");
        assertThat(vault.backup(spec(), Progress.NONE).problems()).isEmpty();
    }

    @Test
    void refusesATargetThatHoldsAnotherRepository() throws IOException {
        MemoryBackend other = new MemoryBackend();
        Vault.init(other, PASSWORD);
        int before = other.handles().size();
        refuses(Code.MISMATCH, () -> vault.copies().replicate(other, ReplicationSpec.ALL, ReplicationListener.NONE));
        assertThat(other.handles()).hasSize(before);
    }

    private BackupSpec spec() {
        return BackupSpec.of(new Root.Tree(source, "/v/s"));
    }

    private void write(String path, String content) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> paths(Snapshot snapshot) throws VaultException {
        List<String> paths = new ArrayList<>();
        vault.contents().list(snapshot.id(), "/", entry -> paths.add(entry.path()));
        return paths;
    }

    private static void refuses(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageStartingWith(code.text());
    }
}

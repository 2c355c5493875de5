package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.files.TagFile;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roots of which one lies within another. */
class NestedRootsTest {

    @TempDir
    Path temp;

    private Path a;
    private Vault vault;

    @BeforeEach
    void directories() throws IOException {
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
        a = Files.createDirectories(temp.resolve("a"));
        Files.createDirectories(a.resolve("b/c"));
        Files.writeString(a.resolve("file"), "1");
        Files.writeString(a.resolve("b/file"), "2");
        Files.writeString(a.resolve("b/c/file"), "3");
    }

    @Test
    void showWhatTheOuterOneHoldsOnceInWhateverOrderTheyAreNamed() throws IOException {
        List<String> alone = shown(backup(List.of(tree(a))));
        assertThat(alone).hasSize(6);
        assertThat(shown(backup(List.of(tree(a), tree(a.resolve("b")))))).isEqualTo(alone);
        assertThat(shown(backup(List.of(tree(a.resolve("b/c")), tree(a))))).isEqualTo(alone);
        assertThat(shown(backup(List.of(tree(a.resolve("b/c/file")), tree(a), tree(a.resolve("b"))))))
                .isEqualTo(alone);
        Snapshot all = backup(List.of(new Root.Tree(a, "/", true), new Root.Tree(a.resolve("b/c"), "/b/c", true)));
        assertThat(shown(all)).containsExactly("/b", "/b/c", "/b/c/file", "/b/file", "/file");
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void haveTheInnerOneThoughItsDirectoryIsLeftOut() throws IOException {
        Files.writeString(a.resolve("skip"), "");
        Excludes tagged = Excludes.NONE.withIfPresent(List.of(TagFile.parse("skip")));
        BackupSpec spec = BackupSpec.of(tree(a), tree(a.resolve("b/c"))).withExcludes(tagged);
        assertThat(below(vault.backup(spec, Progress.NONE).snapshot()))
                .containsExactly("/b", "/b/c", "/b/c/file", "/b/file", "/skip");
        BackupSpec outer = BackupSpec.of(tree(a)).withExcludes(tagged);
        assertThat(below(vault.backup(outer, Progress.NONE).snapshot())).containsExactly("/skip");
    }

    @Test
    void leaveOutWhatIsExcludedAsEachOfThemWould() throws IOException {
        BackupSpec spec = BackupSpec.of(tree(a), tree(a.resolve("b/c"))).withExcludes(List.of("c/file", "/**/a/file"));
        assertThat(below(vault.backup(spec, Progress.NONE).snapshot())).containsExactly("/b", "/b/c", "/b/file");
    }

    @Test
    void compareEachWithTheParent() throws IOException {
        List<Root> roots = List.of(new Root.Tree(a, "/", true), new Root.Tree(a.resolve("b/c"), "/b/c", true));
        Snapshot first = backup(roots);
        Snapshot second = backup(roots);
        assertThat(second.tree()).isEqualTo(first.tree());
        assertThat(second.summary().orElseThrow().filesUnmodified()).isEqualTo(3);
        assertThat(second.summary().orElseThrow().treeBlobs()).isZero();
    }

    @Test
    void countEachFileOnceAhead() throws IOException {
        List<Long> ahead = new ArrayList<>();
        vault.backup(BackupSpec.of(tree(a), tree(a.resolve("b"))), new Progress() {
            @Override
            public void scanned(long files, long bytes) {
                ahead.add(files);
            }
        });
        assertThat(ahead).containsExactly(3L);
    }

    @Test
    void tellOfAnInnerOneThatVanishedMeanwhile() throws IOException {
        BackupSpec spec = BackupSpec.of(tree(a), tree(a.resolve("b/c")));
        BackupResult result = vault.backup(spec, new Progress() {
            @Override
            public void scanned(long files, long bytes) {
                moveAway(a.resolve("b"));
            }
        });
        assertThat(result.problems())
                .containsExactly(
                        new Problem(a.toRealPath().resolve("b").toString(), "was to be backed up, and vanished"));
    }

    @Test
    void areRefusedWhereTheInnerOneIsNoPartOfTheOuterOne() throws IOException {
        Path other = Files.createDirectories(temp.resolve("other/c"));
        Files.createSymbolicLink(a.resolve("link"), other.getParent());
        refuses(List.of(new Root.Tree(a, "/x"), new Root.Tree(other, "/x/b")));
        refuses(List.of(new Root.Tree(a, "/x"), new Root.Tree(a.resolve("b"), "/x/other")));
        refuses(List.of(tree(a), tree(a.resolve("link/c"))));
        refuses(List.of(tree(a), tree(a), tree(a.resolve("b"))));
        refuses(List.of(new Root.Tree(a, "/x"), new Root.Generated("/x/b/made", new byte[] {1})));
        refuses(List.of(
                new Root.Tree(a, "/", true), Root.Stream.of("/made", InputStream::nullInputStream, Instant.EPOCH)));
        refuses(List.of(new Root.Tree(a, "/", true), new Root.Tree(Path.of("/"), "/b", true)));
    }

    private void refuses(List<Root> roots) {
        assertThatThrownBy(() -> backup(roots))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.REFUSED));
    }

    private void moveAway(Path directory) {
        try {
            Files.move(directory, temp.resolve("moved"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Root.Tree tree(Path from) {
        return Root.Tree.of(from);
    }

    private Snapshot backup(List<Root> roots) throws IOException {
        return vault.backup(BackupSpec.of(roots), Progress.NONE).snapshot();
    }

    private List<String> shown(Snapshot snapshot) throws IOException {
        List<String> shown = new ArrayList<>();
        vault.contents().list(snapshot.id(), "/", entry -> {
            if (!temp.startsWith(entry.path())) {
                shown.add(entry.path());
            }
        });
        return shown;
    }

    private List<String> below(Snapshot snapshot) throws IOException {
        return shown(snapshot).stream()
                .filter(path -> path.startsWith(a + "/"))
                .map(path -> path.substring(a.toString().length()))
                .toList();
    }
}

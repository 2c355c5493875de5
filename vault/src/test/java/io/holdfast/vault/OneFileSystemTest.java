package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.Excludes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that stay on the file systems of their roots: by {@code /dev} and what every Linux mounts there. */
class OneFileSystemTest {

    private static final Path OUTER = Path.of("/dev");
    private static final Excludes ONE = Excludes.NONE.withOneFileSystem(true);

    @TempDir
    private Path temp;

    private Path inner;
    private Path file;
    private Vault vault;

    @BeforeEach
    void aFileOnAnotherFileSystem() throws IOException {
        Path mounted = OUTER.resolve("shm");
        assumeTrue(Files.isWritable(mounted));
        assumeTrue(device(mounted) != device(OUTER));
        inner = Files.createTempDirectory(mounted, "holdfast-");
        file = Files.writeString(inner.resolve("file"), "there");
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(inner);
    }

    @Test
    void leaveAMountedDirectoryEmpty() throws IOException {
        assertThat(shown(Root.Tree.of(OUTER))).contains("/dev/null", "/dev/shm").doesNotContain(inner.toString());
    }

    @Test
    void goIntoOneThatIsNamedItself() throws IOException {
        assertThat(shown(Root.Tree.of(OUTER), Root.Tree.of(inner))).contains("/dev/null", file.toString());
        assertThat(shown(Root.Tree.of(inner))).contains(file.toString());
    }

    @Test
    void takeAllOfADirectoryThatIsTheWholeSnapshot() throws IOException {
        Files.writeString(Files.createDirectories(temp.resolve("a/b")).resolve("file"), "content");
        Files.writeString(temp.resolve("file"), "content");
        assertThat(shown(new Root.Tree(temp, "/", true))).containsExactly("/a", "/a/b", "/a/b/file", "/file");
    }

    private List<String> shown(Root... roots) throws IOException {
        BackupSpec spec = BackupSpec.of(roots).withExcludes(ONE);
        BackupResult result = vault.backup(spec, Progress.NONE);
        List<String> shown = new ArrayList<>();
        vault.contents().list(result.snapshot().id(), "/", entry -> shown.add(entry.path()));
        return shown;
    }

    private static long device(Path path) throws IOException {
        return Directory.stat(path).deviceId();
    }
}

package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restore whose target fails: on a real disk that fills up, and with errors that the system is made to give. */
class RestoreFaultsIT {

    private static final Password PASSWORD = Password.of(Restic.PASSWORD);
    private static final int FILES = 9;

    /** More than the largest chunk: what has one chunk is given no size before it is written. */
    private static final int LARGE = 9 << 20;

    /** More than are made durable one by one. */
    private static final int MANY = 40;

    @TempDir
    Path temp;

    private Path repository = Path.of("");
    private Path source = Path.of("");
    private Path many = Path.of("");

    @BeforeEach
    void aSnapshotOfSmallAndLarge() throws IOException {
        repository = temp.resolve("repository");
        source = Files.createDirectories(temp.resolve("source"));
        for (int i = 0; i < FILES - 1; i++) {
            Files.write(source.resolve("small-" + i), HardCases.random(i, 20_000));
        }
        Files.write(source.resolve("large"), HardCases.random(99, LARGE));
        many = Files.createDirectories(temp.resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.write(many.resolve("one-of-many-" + i), HardCases.random(1_000 + i, 2_000));
        }
        try (Vault vault = Vault.init(LocalBackend.at(repository), PASSWORD, Duration.ZERO)) {
            vault.backup(BackupSpec.of(new Root.Tree(source, "/s"), new Root.Tree(many, "/m")), Progress.NONE);
        }
    }

    @Test
    void aDiskThatIsFullLeavesWholeFilesAndNoOther() throws Exception {
        assumeThat(Children.canRun("unshare", "-rm", "true"))
                .as("needs unshare and the right to make a mount namespace")
                .isTrue();
        String script =
                "mount -t tmpfs -o size=1m tmpfs \"$1\" || exit 99; \"${@:2}\"; code=$?; cp -r \"$1\" \"$1-seen\"; exit $code";
        Path disk = Files.createDirectory(temp.resolve("disk"));
        List<String> command =
                new ArrayList<>(List.of("unshare", "-rm", "bash", "-c", script, "bash", disk.toString()));
        command.addAll(child("/s", disk));

        Children.Result result = Children.run(command);

        assertThat(result.exit()).as(result.output()).isEqualTo(Child.INCOMPLETE);
        assertThat(result.output()).contains("No space left on device");
        List<String> restored = names(temp.resolve("disk-seen"));
        assertThat(restored).doesNotContain("large").noneMatch(name -> name.startsWith("."));
        assertEachIsWhole(temp.resolve("disk-seen"));
        assertThat(names(source))
                .allMatch(name -> restored.contains(name) || result.output().contains("/" + name + ":"));
    }

    /** The kernel's answer to one call of each thread is replaced, each time another one's. */
    @ParameterizedTest
    @CsvSource({
        "/m, pwrite64,  \\.holdfast-restore-\\w+",
        "/s, ftruncate, \\.holdfast-restore-\\w+",
        "/s, renameat,  \\.holdfast-restore-\\w+",
        "/s, fsync,     \\.holdfast-restore-\\w+",
        "/m, syncfs,    ''",
        "/m, fsync,     ''"
    })
    void anErrorOfTheDiskIsToldAndLeavesWholeFilesAndNoOther(String path, String call, String file) throws Exception {
        assumeThat(Children.canRun("strace", "-f", "true"))
                .as("needs strace and the right to trace")
                .isTrue();
        Path target = Files.createDirectories(temp.resolve("target"));
        Path trace = temp.resolve("trace");

        Children.Result result = Children.run(Refused.command(call, 1, trace, child(path, target)));

        Pattern refused = Pattern.compile(
                Pattern.quote(target.toRealPath().toString()) + (file.isEmpty() ? ">" : ".*" + file + "[>\"]"));
        assertThat(Refused.calls(trace)).as(result.output()).isNotEmpty().allMatch(refused.asPredicate());
        assertThat(result.exit()).as(result.output()).isNotZero();
        assertThat(result.output()).contains("Input/output error");
        assertThat(names(target)).noneMatch(name -> name.startsWith("."));
        assertEachIsWhole(target);
        try (Vault vault = Impatient.open(LocalBackend.at(repository), PASSWORD)) {
            assertThat(restore(vault, path, target).isComplete()).isTrue();
        }
        assertThat(names(target)).hasSize(path.equals("/s") ? FILES : MANY);
        assertEachIsWhole(target);
    }

    private List<String> child(String path, Path target) {
        return Children.java(Child.class, repository.toString(), path, target.toString());
    }

    private static RestoreResult restore(Vault vault, String path, Path target) throws IOException {
        return vault.restore(vault.snapshots().getFirst().id(), RestoreSpec.of(path, target), Progress.NONE);
    }

    private void assertEachIsWhole(Path target) throws IOException {
        for (String name : names(target)) {
            Path original = name.startsWith("one-of-many") ? many : source;
            assertThat(target.resolve(name)).hasSameBinaryContentAs(original.resolve(name));
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The process that restores. */
    static final class Child {

        static final int INCOMPLETE = 3;

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            LocksElsewhere place = new LocksElsewhere(LocalBackend.at(Path.of(arguments[0])));
            try (Vault vault = Vault.open(place, PASSWORD, Duration.ZERO)) {
                RestoreResult result = restore(vault, arguments[1], Path.of(arguments[2]));
                result.problems().forEach(System.out::println);
                System.exit(result.isComplete() ? 0 : INCOMPLETE);
            } catch (VaultException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }
}

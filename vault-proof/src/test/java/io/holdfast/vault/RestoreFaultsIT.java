package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore whose target fails: on a real disk that fills up, and with errors that the system is made to give. */
class RestoreFaultsIT {

    private static final Password PASSWORD = Password.of(Restic.PASSWORD);
    private static final int FILES = 9;

    /** Each but the first two, which make a lock durable: its file and the directory that it lies in. */
    private static final String ALL_SYNCS_BUT_OF_A_LOCK = "3+";

    @TempDir
    Path temp;

    private Path repository = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void aSnapshotOfSmallAndLarge() throws IOException {
        repository = temp.resolve("repository");
        source = Files.createDirectories(temp.resolve("source"));
        for (int i = 0; i < FILES - 1; i++) {
            Files.write(source.resolve("small-" + i), HardCases.random(i, 20_000));
        }
        Files.write(source.resolve("large"), HardCases.random(99, 3 << 20));
        try (Vault vault = Vault.init(LocalBackend.at(repository), PASSWORD, Duration.ZERO)) {
            vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE);
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
        command.addAll(child(disk));

        Children.Result result = Children.run(command);

        assertThat(result.exit()).as(result.output()).isEqualTo(Child.INCOMPLETE);
        assertThat(result.output()).contains("large").contains("No space left on device");
        assertThat(names(temp.resolve("disk-seen"))).hasSize(FILES - 1).noneMatch(name -> name.startsWith("."));
        assertEachIsWhole(temp.resolve("disk-seen"));
    }

    /** The kernel's answer to one of the calls is replaced, each time another one's. */
    @Test
    void anErrorOfTheDiskIsToldAndLeavesWholeFilesAndNoOther() throws Exception {
        assumeThat(Children.canRun("strace", "-f", "true"))
                .as("needs strace and the right to trace")
                .isTrue();
        for (String call : List.of(
                "pwrite64:when=1", "ftruncate:when=1", "renameat:when=1", "fsync:when=" + ALL_SYNCS_BUT_OF_A_LOCK)) {
            String fault = call.replace(":", ":error=EIO:");
            Path target = Files.createDirectories(temp.resolve("target-" + call.substring(0, call.indexOf(':'))));
            Path trace = temp.resolve("trace");
            List<String> command = new ArrayList<>(List.of(
                    "strace",
                    "-f",
                    "-o",
                    trace.toString(),
                    "-e",
                    "trace=" + fault.substring(0, fault.indexOf(':')),
                    "-e",
                    "inject=" + fault));
            command.addAll(child(target));

            Children.Result result = Children.run(command);

            assertThat(Files.readString(trace)).as(fault).contains("(INJECTED)");
            assertThat(result.exit()).as("%s: %s", fault, result.output()).isNotZero();
            assertThat(result.output()).as(fault).contains("Input/output error");
            assertThat(names(target)).as(fault).noneMatch(name -> name.startsWith("."));
            assertEachIsWhole(target);
            assertThat(Children.run(child(target)).exit()).isZero();
            assertThat(names(target)).hasSize(FILES);
            assertEachIsWhole(target);
        }
    }

    private List<String> child(Path target) {
        return Children.java(Child.class, repository.toString(), target.toString());
    }

    private void assertEachIsWhole(Path target) throws IOException {
        for (String name : names(target)) {
            assertThat(target.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
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
            try (Vault vault = Vault.open(LocalBackend.at(Path.of(arguments[0])), PASSWORD, Duration.ZERO)) {
                RestoreResult result = vault.restore(
                        vault.snapshots().getFirst().id(), RestoreSpec.of("/s", Path.of(arguments[1])), Progress.NONE);
                result.problems().forEach(System.out::println);
                System.exit(result.isComplete() ? 0 : INCOMPLETE);
            } catch (VaultException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }
}

package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup whose disk refuses to make durable: a pack, an index file, a snapshot, a lock, or the name of one. */
class BackupFaultsIT {

    private static final Password PASSWORD = Password.of(Restic.PASSWORD);

    @TempDir
    Path temp;

    private Path repository = Path.of("");
    private Path source = Path.of("");
    private SnapshotId before = Snapshot.UNSTORED;

    @BeforeEach
    void oneSnapshotAndSomethingNew() throws IOException {
        repository = temp.resolve("repository");
        source = Files.createDirectories(temp.resolve("source"));
        Files.write(source.resolve("old"), HardCases.random(1, 20_000));
        try (Vault vault = Vault.init(LocalBackend.at(repository), PASSWORD, Duration.ZERO)) {
            before = backup(vault);
        }
        Files.write(source.resolve("new"), HardCases.random(2, 20_000));
    }

    /**
     * The kernel's answer to one call of every thread is replaced; each pack has a thread of its own, the rest has one.
     *
     * @param locks whether locks are on the disk too
     */
    @ParameterizedTest
    @CsvSource({
        "locks/#,       true,  1",
        "locks,         true,  2",
        "data/../#,     false, 1",
        "data/..,       false, 2",
        "index/#,       true,  3",
        "index,         true,  4",
        "snapshots/#,   true,  5",
        "snapshots,     true,  6"
    })
    void isToldAndAnnouncesNothingAndTheNextOneGoesOn(String file, boolean locks, int call) throws Exception {
        assumeThat(Children.canRun("strace", "-f", "true"))
                .as("needs strace and the right to trace")
                .isTrue();
        Path trace = temp.resolve("trace");
        List<String> child =
                Children.java(Child.class, repository.toString(), source.toString(), String.valueOf(locks));

        Children.Result result = Children.run(Refused.command("fsync", call, trace, child));

        Pattern refused = Pattern.compile("fsync\\(\\d+<%s/%s>"
                .formatted(Pattern.quote(repository.toRealPath().toString()), file.replace("#", "\\w{64}-tmp-\\w+")));
        assertThat(Refused.calls(trace)).as(result.output()).isNotEmpty().allMatch(refused.asPredicate());
        assertThat(result.exit()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("HF-V10", "Input/output error").doesNotContain(Child.ANNOUNCED);
        assertThat(unfinished()).isEmpty();
        try (Vault vault = Impatient.open(LocalBackend.at(repository), PASSWORD)) {
            assertIsWhole(vault, before, List.of("old"));
            assertIsWhole(vault, backup(vault), List.of("old", "new"));
        }
    }

    private SnapshotId backup(Vault vault) throws IOException {
        return vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE)
                .snapshot()
                .id();
    }

    private void assertIsWhole(Vault vault, SnapshotId snapshot, List<String> names) throws IOException {
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        Path target = Files.createDirectories(temp.resolve("target-" + names.size()));
        assertThat(vault.restore(snapshot, RestoreSpec.of("/s", target), Progress.NONE)
                        .isComplete())
                .isTrue();
        assertThat(target.toFile().list()).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(target.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
        }
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(file -> file.toString().contains("-tmp-")).toList();
        }
    }

    /** The process that backs up. */
    static final class Child {

        static final String ANNOUNCED = "a snapshot was announced";

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Backend disk = LocalBackend.at(Path.of(arguments[0]));
            Backend place = Boolean.parseBoolean(arguments[2]) ? disk : new LocksElsewhere(disk);
            try (Vault vault = Vault.open(place, PASSWORD, Duration.ZERO)) {
                vault.backup(BackupSpec.of(new Root.Tree(Path.of(arguments[1]), "/s")), Progress.NONE);
                System.out.println(ANNOUNCED);
            } catch (VaultException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }
}

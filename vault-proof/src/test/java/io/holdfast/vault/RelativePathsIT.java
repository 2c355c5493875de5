package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is named by a relative path is shown as restic shows it: the same tree, of the same paths. */
class RelativePathsIT {

    /** Relative to this module, where tests and restic run. */
    private static final List<List<String>> NAMED = List.of(
            List.of("src/test/java/io"),
            List.of("./src//test/../test/java", "pom.xml"),
            List.of("../LICENSE", "../docs/decisions"),
            List.of("../docs/../vault-proof/pom.xml"));

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void areShownAsResticShowsThem(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repository")).init();
        try (Vault vault = open()) {
            for (List<String> names : NAMED) {
                restic.run(Stream.concat(Stream.of("backup", "--exclude", "io/*/vault"), names.stream())
                        .toArray(String[]::new));
                Snapshot theirs = vault.snapshots().getFirst();
                List<Root> roots = names.stream()
                        .<Root>map(name -> Root.Tree.of(Path.of(name)))
                        .toList();
                BackupSpec spec = BackupSpec.of(roots).withExcludes(Excludes.of(List.of("io/*/vault")));
                Snapshot ours = vault.backup(spec, Progress.NONE).snapshot();
                assertThat(ours.paths()).as("%s", names).containsExactlyInAnyOrderElementsOf(theirs.paths());
                assertThat(listed(vault, ours)).as("%s", names).isEqualTo(listed(vault, theirs));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathWithinAnotherIsShownAsResticShowsIt(Restic.Program program) throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.createDirectories(source.resolve("below/deep/deeper"));
        Files.writeString(source.resolve("below/deep/file"), "content");
        Files.writeString(source.resolve("below/beside"), "beside");
        Files.writeString(source.resolve("left.tmp"), "left out");
        Restic restic = program.on(temp.resolve("repository")).init();
        try (Vault vault = open()) {
            for (List<Path> names : List.of(
                    List.of(source, source.resolve("below/deep")),
                    List.of(source.resolve("below/deep/file"), source.resolve("below")),
                    List.of(source, source.resolve("below"), source.resolve("below/deep/deeper")))) {
                restic.run(Stream.concat(
                                Stream.of("backup", "--exclude", "*.tmp"),
                                names.stream().map(Path::toString))
                        .toArray(String[]::new));
                Snapshot theirs = vault.snapshots().getFirst();
                List<Root> roots = names.stream().<Root>map(Root.Tree::of).toList();
                BackupSpec spec = BackupSpec.of(roots).withExcludes(Excludes.of(List.of("*.tmp")));
                Snapshot ours = vault.backup(spec, Progress.NONE).snapshot();
                assertThat(withinTemp(vault, ours)).as("%s", names).isEqualTo(withinTemp(vault, theirs));
            }
        }
    }

    /** Others change what lies above. */
    private List<String> withinTemp(Vault vault, Snapshot snapshot) throws IOException {
        return listed(vault, snapshot).stream()
                .filter(line -> line.startsWith(temp.toString()))
                .toList();
    }

    private Vault open() throws IOException {
        LocalBackend backend = LocalBackend.at(temp.resolve("repository"));
        return Vault.open(backend, Password.of(Restic.PASSWORD), Duration.ZERO);
    }

    /** Everything but devices, which restic of this version keeps of every file. */
    private static List<String> listed(Vault vault, Snapshot snapshot) throws IOException {
        List<String> listed = new ArrayList<>();
        vault.contents().list(snapshot.id(), "/", entry -> {
            Metadata metadata = entry.metadata();
            listed.add("%s %s %o %s %s %d"
                    .formatted(
                            entry.path(),
                            entry.type(),
                            metadata.permissions(),
                            metadata.mtime(),
                            metadata.user(),
                            metadata.size()));
        });
        return listed;
    }

    @ParameterizedTest
    @EnumSource
    void theWorkingDirectoryIsAllThatTheSnapshotHolds(Restic.Program program) throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.createDirectories(source.resolve("below/deep"));
        Files.writeString(source.resolve("below/deep/file"), "content");
        Files.writeString(source.resolve("left.tmp"), "left out");
        Restic restic = program.on(temp.resolve("repository")).init();
        restic.attempt(source, Restic.PASSWORD, List.of("backup", "--exclude", "*.tmp", "."));
        try (Vault vault = open()) {
            Snapshot theirs = vault.snapshots().getFirst();
            Root.Tree here = Root.Tree.of(Path.of("").toAbsolutePath().relativize(source));
            Root.Tree all =
                    new Root.Tree(here.from(), Root.Tree.of(Path.of(".")).at(), true);
            BackupSpec spec = BackupSpec.of(all).withExcludes(Excludes.of(List.of("*.tmp")));
            Snapshot ours = vault.backup(spec, Progress.NONE).snapshot();
            assertThat(ours.paths()).isEqualTo(theirs.paths()).containsExactly(source.toString());
            assertThat(listed(vault, ours)).isEqualTo(listed(vault, theirs)).hasSize(3);
            assertThat(ours.parent()).contains(theirs.id());
            assertThat(ours.summary().orElseThrow().filesUnmodified()).isEqualTo(1);
        }
    }
}

package io.holdfast.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.vault.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSourceTest {

    private static final String AT = "/shop/docs";

    @TempDir
    private Path host;

    @Test
    void capturesDirectoriesAndSingleFilesUnderTheirOwnPaths() throws IOException {
        Path directory = Files.createDirectory(host.resolve("data"));
        Path file = Files.writeString(host.resolve("app.conf"), "x=1");

        try (Capture capture = source(directory, file).open(AT)) {
            assertThat(capture.roots())
                    .containsExactly(new Root.Tree(directory, AT + directory), new Root.Tree(file, AT + file));
            assertThat(capture.excludes()).containsExactly("*.tmp");
        }
    }

    @Test
    void refusesToPassOverAMissingPath() throws IOException {
        Path there = Files.createDirectory(host.resolve("there"));
        Path missing = host.resolve("missing");

        assertThatThrownBy(() -> source(there, missing).open(AT))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q02"))
                .hasMessageStartingWith("HF-Q02 " + missing + " does not exist")
                .hasMessageContaining("earlier snapshots are safe");
    }

    @Test
    void takesALinkThatLeadsNowhereForMissing() throws IOException {
        Path link = Files.createSymbolicLink(host.resolve("link"), host.resolve("gone"));

        assertThatThrownBy(() -> source(link).open(AT))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("HF-Q02 ");
    }

    @Test
    void refusesWhatItMayNotRead() throws IOException {
        Path secret = unreadable();

        assertThatThrownBy(() -> Unprivileged.call(() -> source(secret).open(AT)))
                .hasCauseInstanceOf(SourceException.class)
                .cause()
                .hasMessageStartingWith("HF-Q03 " + secret + " cannot be read");
    }

    @Test
    void salvagesWhatIsLeft() throws IOException {
        Path left = Files.createDirectory(host.resolve("left"));

        try (Capture capture = source(left, host.resolve("gone")).salvage(AT)) {
            assertThat(capture.roots()).containsExactly(new Root.Tree(left, AT + left));
        }
    }

    @Test
    void salvagesNothingWhereNothingIsLeft() throws IOException {
        try (Capture capture = source(host.resolve("gone")).salvage(AT)) {
            assertThat(capture.roots()).isEmpty();
        }
    }

    @Test
    void salvagesNoLessThanIsThere() throws Exception {
        Path secret = unreadable();

        try (Capture capture = Unprivileged.call(() -> source(secret).salvage(AT))) {
            assertThat(capture.roots()).containsExactly(new Root.Tree(secret, AT + secret));
        }
    }

    @Test
    void putsThingsBackWhereTheyWereAndMirrorsTheSnapshot() throws IOException {
        assertThat(source(Path.of("/srv/docs"), Path.of("/etc/app.conf")).placements(AT, Optional.empty()))
                .containsExactly(
                        new Placement(AT + "/srv/docs", Path.of("/srv/docs"), true, List.of("*.tmp")),
                        new Placement(AT + "/etc/app.conf", Path.of("/etc/app.conf"), true, List.of("*.tmp")));
    }

    @Test
    void deletesNothingWhenItPutsThingsElsewhere() throws IOException {
        assertThat(source(Path.of("/srv/docs")).placements(AT, Optional.of(Path.of("/restored/docs"))))
                .containsExactly(
                        new Placement(AT + "/srv/docs", Path.of("/restored/docs/srv/docs"), false, List.of("*.tmp")));
    }

    private static ComponentSource source(Path... paths) throws SourceException {
        return Sources.of(new Source.Files(List.of(paths), List.of(), List.of("*.tmp"), Quiesce.NONE));
    }

    private Path unreadable() throws IOException {
        return Files.createDirectory(
                host.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("-wx------")));
    }
}

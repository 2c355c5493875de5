package io.holdfast.sources.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.Root;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSourceTest {

    private static final String AT = "/shop/docs";

    @TempDir
    private Path host;

    @Test
    void capturesDirectoriesAndSingleFilesUnderTheirOwnPaths() throws IOException, InterruptedException {
        Path directory = Files.createDirectory(host.resolve("data"));
        Path file = Files.writeString(host.resolve("app.conf"), "x=1");

        Content content = source(directory, file).capture().read();

        assertThat(content.roots())
                .containsExactly(new Root.Tree(directory, AT + directory), new Root.Tree(file, AT + file));
        assertThat(content.excludes().patterns()).containsExactly("*.tmp");
    }

    @Test
    void refusesToPassOverAMissingPath() throws IOException {
        Path there = Files.createDirectory(host.resolve("there"));
        Path missing = host.resolve("missing");

        assertThatThrownBy(() -> source(there, missing).capture().inspect())
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q02"))
                .hasMessageStartingWith("HF-Q02 " + missing + " does not exist")
                .hasMessageContaining("earlier snapshots are safe");
    }

    @Test
    void takesALinkThatLeadsNowhereForMissing() throws IOException {
        Path link = Files.createSymbolicLink(host.resolve("link"), host.resolve("gone"));

        assertThatThrownBy(() -> source(link).capture().inspect())
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("HF-Q02 ");
    }

    @Test
    void refusesWhatItMayNotRead() throws IOException {
        Path secret = unreadable();

        assertThatThrownBy(
                        () -> Unprivileged.call(() -> source(secret).capture().inspect()))
                .hasCauseInstanceOf(SourceException.class)
                .cause()
                .hasMessageStartingWith("HF-Q03 " + secret + " cannot be read");
    }

    @Test
    void salvagesWhatIsLeft() throws IOException {
        Path left = Files.createDirectory(host.resolve("left"));

        assertThat(source(left, host.resolve("gone")).salvage().roots())
                .containsExactly(new Root.Tree(left, AT + left));
    }

    @Test
    void salvagesNothingWhereNothingIsLeft() {
        assertThat(source(host.resolve("gone")).salvage().roots()).isEmpty();
    }

    @Test
    void salvagesNoLessThanIsThere() throws Exception {
        Path secret = unreadable();

        Content content = Unprivileged.call(() -> source(secret).salvage());

        assertThat(content.roots()).containsExactly(new Root.Tree(secret, AT + secret));
    }

    @Test
    void putsThingsBackWhereTheyWereAndMirrorsTheSnapshot() throws IOException, InterruptedException {
        var files = new AskedFor();

        source(Path.of("/srv/docs"), Path.of("/etc/app.conf")).wayBack().put(files);

        assertThat(files.asked)
                .containsExactly(
                        entry("/srv/docs", mirrored(Path.of("/srv/docs"))),
                        entry("/etc/app.conf", mirrored(Path.of("/etc/app.conf"))));
    }

    @Test
    void takesAndReplacesOnlyWhatIsIncluded() throws IOException, InterruptedException {
        Path docs = Files.createDirectories(host.resolve("docs"));
        write("docs/a.md", "a");
        write("docs/deep/b.md", "b");
        write("docs/deep/b.png", "picture");
        write("docs/pictures/c.png", "picture");
        Files.createDirectory(docs.resolve("empty"));
        Path single = Files.writeString(host.resolve("app.conf"), "x=1");
        FilesSource source = including("*.md", docs, single);

        try (Capture capture = source.capture();
                TestVault vault = new TestVault(AT)) {
            capture.inspect();
            SnapshotFiles files = vault.stored(capture.read());
            assertThat(files.children("" + docs)).containsExactly("a.md", "deep");
            assertThat(files.children(docs + "/deep")).containsExactly("b.md");

            write("docs/a.md", "spoilt");
            write("docs/new.md", "later");
            write("docs/later/new.md", "later");
            write("docs/later/new.png", "later");
            write("docs/only-md/new.md", "later");
            write("docs/pictures/c.png", "changed picture");
            Files.delete(docs.resolve("deep/b.md"));
            Files.writeString(single, "x=2");
            source.wayBack().put(files);
        }

        assertThat(docs.resolve("a.md")).hasContent("a");
        assertThat(docs.resolve("deep/b.md")).hasContent("b");
        assertThat(single).hasContent("x=1");
        assertThat(docs.resolve("pictures/c.png")).hasContent("changed picture");
        assertThat(docs.resolve("empty")).isEmptyDirectory();
        assertThat(docs.resolve("later")).isDirectoryNotContaining("glob:**.md");
        assertThat(docs.resolve("later/new.png")).exists();
        assertThat(docs.resolve("new.md")).doesNotExist();
        assertThat(docs.resolve("only-md")).doesNotExist();
    }

    @Test
    void refusesToCaptureNothingWhereNoFileIsIncluded() throws IOException {
        Path docs = Files.createDirectories(host.resolve("docs"));
        write("docs/a.txt", "a");
        write("docs/b.tmp", "excluded");

        assertThatThrownBy(() -> including("*.tmp", docs).capture().inspect())
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("HF-Q04 No file in " + docs + " matches *.tmp");
        assertThatThrownBy(() -> including("[a", docs).capture().inspect())
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("HF-Q05 ");
    }

    private void write(String path, String text) throws IOException {
        Path file = host.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static FilesSource including(String include, Path... paths) {
        return new FilesSource(new Source.Files(List.of(paths), List.of(include), List.of("*.tmp"), Quiesce.NONE), AT);
    }

    private static SnapshotFiles.Placement mirrored(Path target) {
        return new SnapshotFiles.Placement(target, true, List.of("*.tmp"));
    }

    /** What a way back asks for. */
    private static final class AskedFor implements SnapshotFiles {

        private final Map<String, Placement> asked = new LinkedHashMap<>();

        @Override
        public List<String> children(String directory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dump(String file, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isDirectory(String path) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void tar(String directory, String name, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Restored restore(String path, Placement placement) {
            asked.put(path, placement);
            return Restored.NOTHING;
        }
    }

    private static FilesSource source(Path... paths) {
        return new FilesSource(new Source.Files(List.of(paths), List.of(), List.of("*.tmp"), Quiesce.NONE), AT);
    }

    private Path unreadable() throws IOException {
        return Files.createDirectory(
                host.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("-wx------")));
    }
}

package io.holdfast.sources.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.vault.backup.Root;
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
    void capturesWhatIsIncludedAndTouchesNothingElseOnTheWayBack() throws Exception {
        Path papers = Files.createDirectories(host.resolve("papers/2026"));
        Path paper = Files.writeString(papers.resolve("a.pdf"), "a paper");
        Path note = Files.writeString(papers.resolve("note.txt"), "a note");
        FilesSource source = including("*.pdf");
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = vault.stored(source);
            assertThat(files.children(papers.toString())).containsExactly("a.pdf");
            Files.writeString(paper, "spoilt");
            Files.writeString(note, "changed since");
            Files.writeString(papers.resolve("b.pdf"), "later");

            TestVault.putBack(source, files);
        }
        assertThat(paper).hasContent("a paper");
        assertThat(note).hasContent("changed since");
        assertThat(papers.resolve("b.pdf")).doesNotExist();
    }

    @Test
    void refusesAnInclusionThatNothingMatches() throws Exception {
        Files.writeString(Files.createDirectories(host.resolve("papers/2026")).resolve("note.txt"), "a note");
        assertThatThrownBy(() -> including("*.pdf").capture().inspect())
                .hasMessageStartingWith("HF-Q04 No file in %s matches *.pdf".formatted(host.resolve("papers")))
                .hasMessageContaining("earlier snapshots are safe");
        assertThatThrownBy(() -> including("[a-").capture().inspect()).hasMessageStartingWith("HF-Q05 ");
        including("2026/*.txt").capture().inspect();
    }

    private FilesSource including(String pattern) {
        return new FilesSource(
                new Source.Files(List.of(host.resolve("papers")), List.of(pattern), List.of(), null, Quiesce.NONE), AT);
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
    void namesEveryPathThatIsMissingOrClosed() throws IOException {
        Path one = host.resolve("one");
        Path two = host.resolve("two");
        Path secret = unreadable();

        assertThatThrownBy(() -> Unprivileged.call(
                        () -> source(one, secret, two).capture().inspect()))
                .cause()
                .hasMessageStartingWith(
                        "HF-Q02 %s, %s do not exist; %s cannot be read. Nothing".formatted(one, two, secret));
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
    void doesNotTakeForMissingWhatItMayNotSee() throws IOException {
        Path closed = Files.createDirectory(
                host.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Path within = Files.createFile(closed.resolve("within"));

        assertThatThrownBy(
                        () -> Unprivileged.call(() -> source(within).capture().inspect()))
                .cause()
                .hasMessageStartingWith("HF-Q03 " + within + " cannot be read");
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
        var files = new AskedFor(false, "/srv/docs", "/etc/app.conf");

        putBack(files);

        assertThat(files.asked)
                .containsExactly(
                        entry("/srv/docs", mirrored(Path.of("/srv/docs"))),
                        entry("/etc/app.conf", mirrored(Path.of("/etc/app.conf"))));
    }

    @Test
    void leavesAPathAsItIsThatWasAddedToThePlanSinceTheCapture() throws IOException, InterruptedException {
        var files = new AskedFor(false, "/srv/docs");

        putBack(files);

        assertThat(files.asked).containsOnlyKeys("/srv/docs");
        assertThat(wayBack().addedSince(files)).containsExactly(Path.of("/etc/app.conf"));
    }

    @Test
    void touchesNothingWhereACaptureHoldsNoPathOfThePlan() {
        var files = new AskedFor(false, "/srv/others");

        assertThatThrownBy(() -> putBack(files))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q06"))
                .hasMessageContaining("/etc/app.conf");
        assertThat(files.asked).isEmpty();
    }

    @Test
    void putsBackOfAStateKeptBeforeARestoreWhatWasThere() throws IOException, InterruptedException {
        var files = new AskedFor(true, "/etc/app.conf");

        putBack(files);

        assertThat(files.asked).containsOnlyKeys("/etc/app.conf");
        assertThat(wayBack().addedSince(files)).isEmpty();
    }

    private static void putBack(SnapshotFiles files) throws IOException, InterruptedException {
        WayBack wayBack = wayBack();
        wayBack.prepare(files);
        wayBack.put(files);
    }

    private static WayBack wayBack() {
        return source(Path.of("/srv/docs"), Path.of("/etc/app.conf")).wayBack();
    }

    private static SnapshotFiles.Placement mirrored(Path target) {
        return new SnapshotFiles.Placement(target, true, List.of("*.tmp"));
    }

    /** What a way back asks for. */
    private static final class AskedFor implements SnapshotFiles {

        private final Map<String, Placement> asked = new LinkedHashMap<>();
        private final boolean salvaged;
        private final List<String> there;

        AskedFor(boolean salvaged, String... there) {
            this.salvaged = salvaged;
            this.there = List.of(there);
        }

        @Override
        public boolean isSalvaged() {
            return salvaged;
        }

        @Override
        public boolean has(String path) {
            return there.contains(path);
        }

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
        return new FilesSource(new Source.Files(List.of(paths), List.of(), List.of("*.tmp"), null, Quiesce.NONE), AT);
    }

    private Path unreadable() throws IOException {
        return Files.createDirectory(
                host.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("-wx------")));
    }
}

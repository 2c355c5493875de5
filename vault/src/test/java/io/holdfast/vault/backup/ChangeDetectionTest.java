package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.HardCases;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeDetectionTest {

    @TempDir
    Path source;

    private Path file;
    private Vault vault;

    @BeforeEach
    void aFileWithAnAttribute() throws IOException {
        file = Files.writeString(source.resolve("file"), "content");
        HardCases.attribute(file, "user.a", "1");
        vault = Vault.init(new MemoryBackend(), Password.of("secret"));
    }

    @Test
    void findsAttributesThatChangedWithNothingElse() throws IOException {
        waitUntilSettled();
        assertThat(attributes(backup())).containsExactly(attribute("user.a", "1"));
        assertThat(attributes(backup())).containsExactly(attribute("user.a", "1"));
        HardCases.attribute(file, "user.a", "2");
        assertThat(attributes(backup())).containsExactly(attribute("user.a", "2"));
        HardCases.attribute(file, "user.b", "");
        assertThat(attributes(backup())).contains(attribute("user.b", ""));
    }

    @Test
    void takesOverWhatTheParentSaysOfAFileThatNothingTouchedSince() throws IOException {
        waitUntilSettled();
        Optional<Snapshot> parent = Optional.of(backup());
        Metadata then = Directory.stat(file).stored(false).withAttributes(List.of(attribute("user.kept", "x")));
        Node before = Node.file(Name.of("file"), then, List.of());
        Metadata now = Directory.stat(file).stored(false).withAttributes(List.of());

        assertThat(ChangeDetection.of(spec(), parent).known(before, now)).isSameAs(then);

        assertThat(ChangeDetection.of(spec(), parent).known(null, now)).isNull();
        assertThat(ChangeDetection.of(spec(), Optional.empty()).known(before, now))
                .isNull();
        BackupSpec blind = spec().with(BackupOption.IGNORE_CTIME);
        assertThat(ChangeDetection.of(blind, parent).known(before, now)).isNull();
        BackupSpec another = spec().withUsername("another");
        assertThat(ChangeDetection.of(another, parent).known(before, now)).isNull();
        Files.setAttribute(file, "unix:mode", 0640);
        Metadata touched = Directory.stat(file).stored(false).withAttributes(List.of());
        assertThat(ChangeDetection.of(spec(), parent).known(before, touched)).isNull();
    }

    @Test
    void readsAgainWhatChangedSoShortBeforeTheParentLookedThatAnotherChangeMayNotShow() throws IOException {
        Files.setAttribute(file, "unix:mode", 0640);
        Optional<Snapshot> parent = Optional.of(backup());
        Metadata now = Directory.stat(file).stored(false);
        Node before = Node.file(Name.of("file"), now, List.of());
        assertThat(ChangeDetection.of(spec(), parent).known(before, now.withAttributes(List.of())))
                .isNull();
    }

    @Test
    void readsAFileAgainThatMayHaveBeenWrittenToOnceMoreInTheTickInWhichTheParentReadIt() throws IOException {
        Optional<Snapshot> parent = Optional.of(backup());
        Instant looked =
                parent.orElseThrow().summary().orElseThrow().backupStart().truncatedTo(ChronoUnit.SECONDS);
        ChangeDetection changes = new ChangeDetection(true, true, false, looked, Instant.MIN);

        assertThat(changes.isSameFile(before(looked.minusMillis(21)), at(looked.minusMillis(21))))
                .isTrue();
        assertThat(changes.isSameFile(before(looked.minusMillis(20)), at(looked.minusMillis(20))))
                .isFalse();
        assertThat(changes.isSameFile(before(looked.plusMillis(1)), at(looked.plusMillis(1))))
                .isFalse();
        assertThat(changes.isSameFile(before(looked.minusSeconds(2)), at(looked.minusSeconds(2))))
                .isFalse();
        assertThat(changes.isSameFile(before(looked.minusSeconds(3)), at(looked.minusSeconds(3))))
                .isTrue();
        assertThat(ChangeDetection.of(spec(), parent)
                        .isSameFile(before(looked.plusSeconds(60)), at(looked.plusSeconds(60))))
                .isFalse();
    }

    @Test
    void countsAFileThatIsReadAgainAndFoundTheSameAsUnmodified() throws IOException {
        Snapshot first = vault.backup(spec(), new Progress() {
                    @Override
                    public void scanned(long files, long bytes) {
                        write("written since it began");
                    }
                })
                .snapshot();
        List<Long> read = new ArrayList<>();
        Snapshot second = vault.backup(spec(), new Progress() {
                    @Override
                    public void advanced(long files, long bytes) {
                        read.add(files == 0 ? bytes : 0);
                    }
                })
                .snapshot();
        assertThat(read).contains((long) "written since it began".length());
        assertThat(second.summary().orElseThrow().filesUnmodified()).isEqualTo(1);
        assertThat(second.tree()).isEqualTo(first.tree());
    }

    private void write(String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node before(Instant ctime) throws IOException {
        return Node.file(Name.of("file"), at(ctime), List.of());
    }

    /** The file as it would be, had its status changed then. */
    private Metadata at(Instant ctime) throws IOException {
        Metadata now = Directory.stat(file);
        return new Metadata(
                now.type(),
                now.permissions(),
                now.mtime(),
                now.atime(),
                ctime,
                now.uid(),
                now.gid(),
                now.user(),
                now.group(),
                now.inode(),
                now.deviceId(),
                now.size(),
                now.links(),
                now.device(),
                now.attributes());
    }

    private void waitUntilSettled() throws IOException {
        Instant settled = Directory.stat(file).ctime().plusSeconds(2);
        Awaitility.await().until(() -> Instant.now().isAfter(settled));
    }

    private List<ExtendedAttribute> attributes(Snapshot snapshot) throws IOException {
        return vault.contents()
                .entry(snapshot.id(), "/s/file")
                .orElseThrow()
                .metadata()
                .attributes();
    }

    private static ExtendedAttribute attribute(String name, String value) {
        return new ExtendedAttribute(name, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Snapshot backup() throws IOException {
        return vault.backup(spec(), Progress.NONE).snapshot();
    }

    private BackupSpec spec() {
        return BackupSpec.of(List.of(new Root.Tree(source, "/s")));
    }
}

package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
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

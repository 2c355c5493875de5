package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.restore.Altered;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreAttributesTest {

    /** Version 2: {@code cap_net_bind_service} permitted and effective. */
    private static final byte[] CAPABILITY = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final long NULL_DEVICE = 0x103;

    @TempDir
    Path temp;

    private Path source;
    private Path target;
    private Vault vault;

    @BeforeEach
    void emptyVault() throws IOException {
        source = Files.createDirectories(temp.resolve("source"));
        target = temp.resolve("target");
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
    }

    @Test
    void setsAttributesThatAreWantedAndRemovesOthers() throws IOException {
        Path file = Files.writeString(source.resolve("file"), "content");
        HardCases.attribute(file, "user.wanted", "new");
        SnapshotId snapshot = backup();
        restore(snapshot);
        Path restored = target.resolve("file");
        HardCases.attribute(restored, "user.wanted", "old");
        HardCases.attribute(restored, "user.other", "x");
        HardCases.attribute(target, "user.of-directory", "x");
        Posix.setTimes(restored, Files.getLastModifiedTime(file).toInstant());
        RestoreResult result = restore(snapshot);
        assertThat(result.written()).isZero();
        assertThat(Directory.stat(restored).attributes())
                .containsExactly(new ExtendedAttribute("user.wanted", new byte[] {'n', 'e', 'w'}));
        assertThat(Directory.stat(target).attributes()).isEmpty();
        assertThat(Manifest.of(target)).isEqualTo(Manifest.of(source));
    }

    @Test
    void takesOffTheAccessControlListThatANewFileInherits() throws IOException {
        HardCases.withAttributes(target);
        Files.createDirectories(source.resolve("a"));
        Files.writeString(source.resolve("a/file"), "content");
        SnapshotId snapshot = backup();
        assertThat(restore(snapshot, Option.DELETE_EXTRA).problems()).isEmpty();
        assertThat(Manifest.of(target)).isEqualTo(Manifest.of(source));
    }

    @Test
    void keepsTimesOfAccessWhereTheSnapshotHasThem() throws IOException {
        Path file = Files.writeString(source.resolve("file"), "content");
        Posix.setTimes(file, Instant.parse("2200-01-01T00:00:00.000000001Z"));
        restore(backup());
        Metadata restored = Directory.stat(target.resolve("file"));
        assertThat(restored.atime()).isEqualTo(restored.mtime()).isEqualTo("2200-01-01T00:00:00.000000001Z");
    }

    @Test
    void lendsRightsAndMakesDevicesOnlyWhenAsked() throws IOException {
        Assumptions.assumeTrue(Self.UID == 0, "only root makes devices");
        Posix.makeDevice(source.resolve("null"), NodeType.CHARDEV, NULL_DEVICE);
        Posix.makeDevice(source.resolve("loop"), NodeType.DEVICE, 0x700);
        Path file = Files.writeString(source.resolve("file"), "content");
        Files.setAttribute(file, "unix:mode", 06755);
        Posix.setAttribute(file, "security.capability", CAPABILITY);
        SnapshotId snapshot = backup();

        RestoreResult result = restore(snapshot);
        assertThat(result.problems()).isEmpty();
        assertThat(result.altered().devices().count()).isEqualTo(2);
        assertThat(result.altered().withoutDevices().orElseThrow()).contains(target.resolve("null") + "");
        assertThat(target.resolve("null")).doesNotExist();
        assertThat(Directory.stat(target.resolve("file")).permissions()).isEqualTo(0755);
        assertThat(Directory.stat(target.resolve("file")).attributes()).isEmpty();
        assertThat(result.altered().withoutRights())
                .hasValue("1 file or directory is without the setuid or setgid bits or capabilities of before ("
                        + target.resolve("file") + ")");
        assertThat(restore(snapshot).altered()).as("unchanged").isEqualTo(result.altered());

        assertThat(restore(snapshot, Option.SETUID, Option.DEVICES).problems()).isEmpty();
        assertThat(Directory.stat(target.resolve("file")).permissions()).isEqualTo(06755);
        assertThat(Directory.stat(target.resolve("file")).attributes())
                .containsExactly(new ExtendedAttribute("security.capability", CAPABILITY));
        assertThat(Directory.stat(target.resolve("null")).device()).isEqualTo(NULL_DEVICE);
        assertThat(Directory.stat(target.resolve("loop")).type()).isEqualTo(NodeType.DEVICE);
        RestoreResult again = restore(snapshot, Option.SETUID, Option.DEVICES);
        assertThat(again.written()).isZero();
        assertThat(again.altered()).isEqualTo(Altered.NOTHING);

        assertThat(restore(snapshot).altered().devices().count())
                .as("those that are there stay, and are not missing")
                .isZero();
        assertThat(Directory.stat(target.resolve("null")).device()).isEqualTo(NULL_DEVICE);
    }

    @Test
    void leavesSocketsWhichNoSnapshotHolds() throws IOException {
        Files.writeString(source.resolve("file"), "content");
        SnapshotId snapshot = backup();
        Files.createDirectories(target);
        Files.writeString(target.resolve("extra"), "content");
        Path socket = target.resolve("s");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            restore(snapshot, Option.DELETE_EXTRA);

            assertThat(target.resolve("extra")).doesNotExist();
            assertThat(socket).exists();
        }
    }

    @Test
    void setsOwnersByNumberOrByName() throws IOException {
        Assumptions.assumeTrue(Self.UID == 0, "only root gives files away");
        Path file = Files.writeString(source.resolve("file"), "content");
        Path link = Files.createSymbolicLink(source.resolve("link"), Path.of("/nowhere"));
        for (Path path : List.of(file, link)) {
            Files.setAttribute(path, "unix:uid", 4711, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", 4712, LinkOption.NOFOLLOW_LINKS);
        }
        SnapshotId snapshot = backup();
        restore(snapshot);
        assertThat(Directory.stat(target.resolve("file")).uid()).isEqualTo(4711);
        assertThat(Directory.stat(target.resolve("link")).gid()).isEqualTo(4712);
        assertThat(restore(snapshot, Option.OWNERS_BY_NAME).written()).isZero();
        assertThat(Directory.stat(target.resolve("file")).uid()).isEqualTo(4711);

        RestoreSpec without = RestoreSpec.of("/s", temp.resolve("mine")).with(Option.OWNERS, false);
        vault.restore(snapshot, without, Progress.NONE);
        assertThat(Directory.stat(temp.resolve("mine/file")).uid()).isEqualTo(Self.UID);
    }

    @Test
    void tellsWhatBelongsToWhoeverRestoredItAndNotToItsOwner() throws IOException {
        Assumptions.assumeTrue(Self.UID == 0, "only root gives files away");
        Files.writeString(source.resolve("own"), "content");
        for (int i = 1; i <= 4; i++) {
            Path file = Files.writeString(source.resolve("file" + i), "content");
            Files.setAttribute(file, "unix:gid", 4712);
        }
        Path link = Files.createSymbolicLink(source.resolve("link"), Path.of("/nowhere"));
        Files.setAttribute(link, "unix:uid", 4711, LinkOption.NOFOLLOW_LINKS);
        SnapshotId snapshot = backup();
        RestoreSpec spec = RestoreSpec.of("/s", target).with(Option.OWNERS, false);

        for (RestoreSpec each : List.of(spec.with(Option.DRY_RUN), spec, spec.with(Option.DRY_RUN), spec)) {
            RestoreResult result = vault.restore(snapshot, each, Progress.NONE);
            assertThat(result.isComplete()).isTrue();
            assertThat(result.altered().owners().count()).isEqualTo(5);
            assertThat(result.altered().owners().first()).hasSize(3);
            assertThat(result.altered().ofOthers())
                    .hasValueSatisfying(text -> assertThat(text)
                            .startsWith("5 files or directories belong to UID 0, and not to the owner of before (")
                            .contains(target.resolve("file") + "", " of 0:4712")
                            .endsWith(", …)"));
        }
        assertThat(restore(snapshot).altered()).isEqualTo(Altered.NOTHING);
    }

    @Test
    void saysNothingOfDirectoriesThatAreInTheSnapshotAlone() throws IOException {
        Assumptions.assumeTrue(Self.UID == 0, "only root gives files away");
        Files.writeString(source.resolve("file"), "content");
        for (Path path : List.of(source, source.resolve("file"))) {
            Files.setAttribute(path, "unix:uid", 4711);
        }
        SnapshotId snapshot = backup("/made/up/s");
        Files.createDirectories(target.resolve("made/up"));
        Files.setAttribute(target.resolve("made"), "unix:uid", 4711);
        RestoreSpec spec = RestoreSpec.of("/", target).with(Option.OWNERS, false);
        RestoreResult result = vault.restore(snapshot, spec, Progress.NONE);
        assertThat(result.altered().owners().first())
                .containsExactlyInAnyOrder(
                        target.resolve("made/up/s") + " of 4711:0", target.resolve("made/up/s/file") + " of 4711:0");
    }

    private SnapshotId backup() throws IOException {
        return backup("/s");
    }

    private SnapshotId backup(String at) throws IOException {
        BackupResult result = vault.backup(BackupSpec.of(new Root.Tree(source, at)), Progress.NONE);
        assertThat(result.problems()).isEmpty();
        return result.snapshot().id();
    }

    private RestoreResult restore(SnapshotId snapshot, Option... options) throws IOException {
        RestoreSpec spec = RestoreSpec.of("/s", target);
        for (Option option : options) {
            spec = spec.with(option);
        }
        return vault.restore(snapshot, spec, Progress.NONE);
    }
}

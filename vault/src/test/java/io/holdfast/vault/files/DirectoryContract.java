package io.holdfast.vault.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every way to reach files. */
abstract class DirectoryContract {

    static final Instant MTIME = Instant.parse("2200-02-03T04:05:06.123456789Z");
    static final Instant ATIME = Instant.parse("2001-02-03T04:05:06.000000007Z");

    @TempDir
    Path root;

    private TargetDirectory directory;

    abstract TargetDirectory open(Path path) throws IOException;

    abstract Metadata stat(Path path) throws IOException;

    @BeforeEach
    void opened() throws IOException {
        directory = open(root);
    }

    @AfterEach
    void closed() {
        directory.close();
    }

    @Test
    void listsRawNamesInTheOrderOfTheirBytesEachTime() throws IOException {
        List<Name> names = new ArrayList<>(List.of(
                Name.of(".hidden"),
                Name.of("..."),
                Name.of("B"),
                Name.of("a"),
                Name.of("ü"),
                Name.of("new\nline"),
                Name.of(new byte[] {(byte) 0xff, 'x'}),
                Name.of(new byte[] {'a', (byte) 0xc3})));
        for (int i = 0; i < 700; i++) {
            names.add(Name.of("more-than-one-system-call-gives-".repeat(6) + i));
        }
        for (Name name : names) {
            Files.createFile(RawPaths.resolve(root, name));
        }
        names.sort(null);
        assertThat(directory.names()).isEqualTo(names);
        assertThat(directory.names()).isEqualTo(names);
        Files.delete(root.resolve("B"));
        assertThat(directory.names()).hasSize(names.size() - 1).doesNotContain(Name.of("B"));
    }

    @Test
    void tellsWhatAFileIs() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "12345");
        Files.setAttribute(file, "unix:mode", 06751);
        try (Inode held = directory.hold(Name.of("file"))) {
            held.setTimes(ATIME, MTIME);
        }
        Files.createLink(root.resolve("other"), file);
        Metadata metadata = directory.stat(Name.of("file"));
        assertThat(metadata.type()).isEqualTo(NodeType.FILE);
        assertThat(metadata.permissions()).isEqualTo(06751);
        assertThat(metadata.size()).isEqualTo(5);
        assertThat(metadata.links()).isEqualTo(2);
        assertThat(metadata.mtime()).isEqualTo(MTIME);
        assertThat(metadata.atime()).isEqualTo(ATIME);
        assertThat(metadata.ctime()).isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
        assertThat(metadata.user()).isEqualTo(Files.getOwner(file).getName());
        assertThat(metadata.uid()).isEqualTo(((Number) Files.getAttribute(file, "unix:uid")).longValue());
        assertThat(metadata.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(metadata.deviceId()).isEqualTo(Files.getAttribute(file, "unix:dev"));
        assertThat(stat(file)).isEqualTo(metadata);
        assertThat(metadata.sameFileAs(directory.stat(Name.of("other")))).isTrue();
    }

    @Test
    void tellsKindsApartAndFollowsNoLink() throws IOException {
        Files.createDirectory(root.resolve("dir"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("dir"));
        assertThat(directory.stat(Name.of("dir")).type()).isEqualTo(NodeType.DIR);
        assertThat(directory.stat(Name.of("link")).type()).isEqualTo(NodeType.SYMLINK);
        assertThat(directory.stat(Name.of("link")).size()).isZero();
        assertThat(stat(root.resolve("link")).type()).isEqualTo(NodeType.SYMLINK);
        assertThat(directory.stat().inode()).isEqualTo(Files.getAttribute(root, "unix:ino"));
        try (Directory devices = open(Path.of("/dev"))) {
            Metadata device = devices.stat(Name.of("null"));
            assertThat(device.type()).isEqualTo(NodeType.CHARDEV);
            assertThat(device.device()).isEqualTo(0x103);
        }
    }

    @Test
    void opensDirectoriesWithinButNotWhatLinksToThem() throws IOException {
        Files.createDirectories(root.resolve("dir/deeper"));
        Files.createFile(root.resolve("file"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("dir"));
        try (Directory within = directory.open(Name.of("dir"))) {
            assertThat(within.names()).containsExactly(Name.of("deeper"));
            assertThat(within.path()).isEqualTo(directory.path().resolve("dir"));
        }
        for (String name : List.of("link", "file")) {
            assertThatThrownBy(() -> directory.open(Name.of(name)))
                    .isInstanceOf(NotDirectoryException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> directory.open(Name.of("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> open(root.resolve("file"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> open(root.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        open(root.resolve("link")).close();
    }

    @Test
    void readsFilesInPieces() throws IOException {
        byte[] content = new byte[2_000_003];
        new Random(1).nextBytes(content);
        Files.write(root.resolve("file"), content);
        try (OpenFile file = directory.read(Name.of("file"))) {
            assertThat(file.read()).isEqualTo(content[0] & 0xff);
            assertThat(file.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1, content.length));
            assertThat(file.read()).isEqualTo(-1);
        }
    }

    @Test
    void showsThatAnOpenFileHasChanged() throws IOException {
        Path path = Files.writeString(root.resolve("file"), "before");
        Metadata listed = directory.stat(Name.of("file"));
        try (OpenFile file = directory.read(Name.of("file"))) {
            assertThat(file.stat().sameFileAs(listed)).isTrue();
            Files.writeString(path, "and longer afterwards");
            assertThat(file.stat().sameFileAs(listed)).isFalse();
        }
    }

    @Test
    @Timeout(20)
    void refusesToReadWhatIsNoFile() throws IOException {
        Files.createDirectory(root.resolve("dir"));
        Files.writeString(root.resolve("target"), "content");
        Files.createSymbolicLink(root.resolve("link"), Path.of("target"));
        Posix.makeFifo(root.resolve("fifo"));
        for (String name : List.of("dir", "link", "fifo")) {
            assertThatThrownBy(() -> directory.read(Name.of(name)))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> directory.read(Name.of("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> directory.stat(Name.of("none")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(root.resolve("none").toString());
    }

    @Test
    void readsLinkTargetsAsBytes() throws IOException {
        byte[] raw = {'.', '.', '/', (byte) 0xff, '/', 'x'};
        Files.createSymbolicLink(root.resolve("raw"), RawPaths.target(Name.of(raw)));
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/nowhere/at all"));
        assertThat(directory.link(Name.of("raw"))).isEqualTo(Name.of(raw));
        assertThat(new String(directory.link(Name.of("absolute")).raw(), StandardCharsets.UTF_8))
                .isEqualTo("/nowhere/at all");
        Files.createFile(root.resolve("file"));
        assertThatThrownBy(() -> directory.link(Name.of("file"))).isInstanceOf(FileSystemException.class);
    }

    @Test
    void writesFilesInAnyOrderWithHoles() throws IOException {
        try (TargetFile file = directory.create(Name.of("file"))) {
            file.setSize(3_000_000);
            file.write(new byte[] {9, 1, 2, 3, 9}, 1, 3, 2_000_000);
            file.write(new byte[] {7}, 0, 1, 0);
            file.sync();
            assertThat(file.stat().permissions()).isEqualTo(0600);
        }
        byte[] expected = new byte[3_000_000];
        expected[0] = 7;
        System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 2_000_000, 3);
        assertThat(Files.readAllBytes(root.resolve("file"))).isEqualTo(expected);
        try (TargetFile file = directory.write(Name.of("file"))) {
            file.setSize(1);
        }
        assertThat(root.resolve("file")).hasBinaryContent(new byte[] {7});
        byte[] large = new byte[5_000_000];
        new Random(2).nextBytes(large);
        try (TargetFile file = directory.create(Name.of("large"))) {
            file.write(large, 0, large.length, 0);
        }
        assertThat(Files.readAllBytes(root.resolve("large"))).isEqualTo(large);
    }

    @Test
    void makesWhatDoesNotExistAndNeverWritesThroughALink() throws IOException {
        Path outside = Files.writeString(root.resolve("outside"), "untouched");
        directory.makeDirectory(Name.of("dir"), 0700);
        directory.makeLink(Name.of("link"), Name.of("../outside"));
        Files.createSymbolicLink(root.resolve("planted"), outside);
        assertThat(Files.readSymbolicLink(root.resolve("link"))).isEqualTo(Path.of("../outside"));
        assertThat(directory.stat(Name.of("dir")).permissions()).isEqualTo(0700);
        for (String taken : List.of("dir", "link", "planted", "outside")) {
            Name name = Name.of(taken);
            assertThatThrownBy(() -> directory.create(name)).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> directory.makeDirectory(name, 0700))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> directory.makeLink(name, Name.of("x")))
                    .isInstanceOf(FileAlreadyExistsException.class);
        }
        for (String odd : List.of("dir", "planted")) {
            assertThatThrownBy(() -> directory.write(Name.of(odd))).isInstanceOf(FileSystemException.class);
        }
        try (Inode held = directory.hold(Name.of("planted"))) {
            held.setTimes(ATIME, MTIME);
        }
        assertThat(directory.stat(Name.of("planted")).mtime()).isEqualTo(MTIME);
        assertThat(directory.stat(Name.of("outside")).mtime()).isNotEqualTo(MTIME);
        assertThat(outside).hasContent("untouched");
    }

    @Test
    void givesNamesAndTakesThemAway() throws IOException {
        Files.writeString(root.resolve("new"), "new");
        Files.writeString(root.resolve("old"), "old");
        directory.rename(Name.of("new"), Name.of("old"));
        assertThat(directory.names()).containsExactly(Name.of("old"));
        assertThat(root.resolve("old")).hasContent("new");
        directory.makeDirectory(Name.of("dir"), 0700);
        try (TargetDirectory within = directory.open(Name.of("dir"))) {
            directory.makeHardLink(Name.of("old"), within, Name.of("second"));
            assertThat(within.stat(Name.of("second")).links()).isEqualTo(2);
        }
        assertThatThrownBy(() -> directory.removeDirectory(Name.of("dir")))
                .isInstanceOf(DirectoryNotEmptyException.class);
        assertThatThrownBy(() -> directory.remove(Name.of("dir"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> directory.removeDirectory(Name.of("old"))).isInstanceOf(NotDirectoryException.class);
        directory.remove(Name.of("old"));
        Files.delete(root.resolve("dir/second"));
        directory.removeDirectory(Name.of("dir"));
        assertThat(root).isEmptyDirectory();
        directory.sync();
    }

    @Test
    void setsPermissionsOfFilesAndDirectories() throws IOException {
        directory.makeDirectory(Name.of("dir"), 0700);
        try (TargetDirectory within = directory.open(Name.of("dir"));
                TargetFile file = within.create(Name.of("file"))) {
            file.setPermissions(04711);
            within.setPermissions(01777);
            assertThat(within.stat(Name.of("file")).permissions()).isEqualTo(04711);
            assertThat(file.stat().permissions()).isEqualTo(04711);
            assertThat(within.stat().permissions()).isEqualTo(01777);
        }
    }
}

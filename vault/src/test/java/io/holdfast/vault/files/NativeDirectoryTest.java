package io.holdfast.vault.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

@EnabledOnOs(OS.LINUX)
@Isolated // it counts what this process has open
class NativeDirectoryTest extends DirectoryContract {

    @Override
    TargetDirectory open(Path path) throws IOException {
        return NativeDirectory.open(path);
    }

    @Override
    Metadata stat(Path path) throws IOException {
        return NativeDirectory.stat(path);
    }

    @Test
    void isWhatThisMachineUses() throws IOException {
        try (Directory directory = Directory.open(root)) {
            assertThat(directory).isInstanceOf(NativeDirectory.class);
        }
    }

    @Test
    void readsExtendedAttributesOfAnySize() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        byte[] large = new byte[3000];
        view.write("large", ByteBuffer.wrap(large));
        view.write("empty", ByteBuffer.wrap(new byte[0]));
        try (Directory directory = open(root)) {
            assertThat(directory.stat(Name.of("file")).attributes())
                    .containsExactlyInAnyOrder(
                            new ExtendedAttribute("user.large", large),
                            new ExtendedAttribute("user.empty", new byte[0]));
        }
        assertThat(stat(file).attributes()).hasSize(2);
    }

    @Test
    void setsAndRemovesExtendedAttributesAndAccessControlLists() throws IOException {
        // Version 2; user:: rw-, user:12345: r--, group:: r--, mask:: r--, other:: ---.
        byte[] acl = HexFormat.of()
                .parseHex("02000000" + "01000600ffffffff" + "0200040039300000" + "04000400ffffffff" + "10000400ffffffff"
                        + "20000000ffffffff");
        List<ExtendedAttribute> wanted = List.of(
                new ExtendedAttribute("user.kept", new byte[] {0, 1, (byte) 0xff}),
                new ExtendedAttribute("system.posix_acl_access", acl));
        try (TargetDirectory directory = open(root);
                TargetFile file = directory.create(Name.of("file"))) {
            for (ExtendedAttribute each : wanted) {
                file.setAttribute(each);
            }
            file.setAttribute(new ExtendedAttribute("user.gone", new byte[70_000 / 64]));
            file.removeAttribute("user.gone");
            assertThat(directory.stat(Name.of("file")).attributes()).containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(file.stat().attributes()).containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(file.stat().permissions()).isEqualTo(0640);
            directory.setAttribute(wanted.getFirst());
            assertThat(directory.stat().attributes()).containsExactly(wanted.getFirst());
        }
    }

    @Test
    @EnabledIf("isRoot")
    void ownsAndMakesDevicesAsRoot() throws IOException {
        try (TargetDirectory directory = open(root)) {
            directory.makeSpecial(Name.of("device"), NodeType.CHARDEV, 0x12345678L);
            directory.makeSpecial(Name.of("block"), NodeType.DEVICE, 0x801);
            directory.makeLink(Name.of("link"), Name.of("device"));
            for (String name : List.of("device", "link")) {
                try (Inode held = directory.hold(Name.of(name))) {
                    held.setOwner(4_294_967_294L, 4711);
                }
                assertThat(directory.stat(Name.of(name)).uid()).isEqualTo(4_294_967_294L);
                assertThat(directory.stat(Name.of(name)).gid()).isEqualTo(4711);
            }
            assertThat(directory.stat(Name.of("device")).device()).isEqualTo(0x12345678L);
            assertThat(directory.stat(Name.of("block")).type()).isEqualTo(NodeType.DEVICE);
        }
    }

    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @Test
    void refusesNamesThatLeaveTheDirectory() throws IOException {
        try (TargetDirectory directory = open(root)) {
            for (String name : List.of("..", "a/b", "/etc", "a\0b")) {
                assertThatThrownBy(() -> directory.create(Name.of(name))).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> directory.open(Name.of(name))).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> directory.rename(Name.of("x"), Name.of(name)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void finishesWritingWithAllOfTheFileSystem() throws IOException {
        try (TargetDirectory directory = open(root)) {
            assertThat(directory.syncFileSystem()).isTrue();
        }
    }

    @Test
    void knowsAccountsByName() {
        Accounts accounts = new Accounts();
        assertThat(accounts.user("root")).hasValue(0);
        assertThat(accounts.group("root")).hasValue(0);
        assertThat(accounts.user("no such user")).isEmpty();
        assertThat(accounts.user("")).isEmpty();
    }

    @Test
    void goesOnInADirectoryThatWasRenamedAndReplaced() throws IOException {
        Path dir = Files.createDirectory(root.resolve("dir"));
        Files.writeString(dir.resolve("file"), "right");
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("file"), "wrong");
        try (Directory directory = open(dir)) {
            Files.move(dir, root.resolve("moved"));
            Files.createSymbolicLink(dir, elsewhere);
            assertThat(directory.read(Name.of("file")).readAllBytes())
                    .asString()
                    .isEqualTo("right");
            assertThat(directory.stat(Name.of("file")).inode())
                    .isEqualTo(Files.getAttribute(root.resolve("moved/file"), "unix:ino"));
        }
    }

    @Test
    void givesItsDescriptorsBack() throws IOException {
        Files.createDirectory(root.resolve("dir"));
        Files.createFile(root.resolve("file"));
        long before = openDescriptors();
        try (Directory directory = open(root)) {
            for (int i : IntStream.range(0, 100).toArray()) {
                directory.open(Name.of("dir")).close();
                directory.read(Name.of("file")).close();
                assertThat(i).isNotNegative();
            }
        }
        assertThat(openDescriptors()).isLessThan(before + 50);
    }

    private static long openDescriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}

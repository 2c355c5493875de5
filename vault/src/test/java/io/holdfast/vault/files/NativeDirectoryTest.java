package io.holdfast.vault.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NativeDirectoryTest extends DirectoryContract {

    @Override
    Directory open(Path path) throws IOException {
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

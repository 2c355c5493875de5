package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GNU tar brings back everything from an archive that the file system held. */
class TarArchiveIT {

    @TempDir
    private Path temp;

    @Test
    void bringsEverythingBack() throws IOException, InterruptedException {
        assumeTrue(Self.UID == 0, "root is needed to bring back owners and devices");
        Path source = HardCases.create(temp.resolve("source"));
        Files.writeString(source.resolve("x".repeat(120)), "long");
        attribute(source.resolve("plain.txt"), "binary", new byte[] {0, -1, '=', '\n', 'x'});
        attribute(source.resolve("setuid"), "a=b%", new byte[] {'v'});
        run("mknod", source.resolve("device").toString(), "b", "259", "70000");
        try (Vault vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO)) {
            Snapshot snapshot = vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE)
                    .snapshot();
            Path archive = temp.resolve("archive.tar");
            try (OutputStream out = Files.newOutputStream(archive)) {
                vault.contents().archive(List.of(new ArchivePart(snapshot.id(), "/s", "")), ArchiveType.TAR, out);
            }
            Path target = Files.createDirectory(temp.resolve("target"));
            run("tar", "-xpf", archive.toString(), "-C", target.toString(), "--numeric-owner", "--xattrs");
            assertThat(Manifest.of(target)).isEqualTo(Manifest.of(source));
            for (String name : List.of("plain.txt", "setuid", "device")) {
                assertThat(Directory.stat(target.resolve(name)).attributes())
                        .as(name)
                        .isEqualTo(Directory.stat(source.resolve(name)).attributes());
                assertThat(Directory.stat(target.resolve(name)).device())
                        .isEqualTo(Directory.stat(source.resolve(name)).device());
            }
        }
    }

    private static void attribute(Path file, String name, byte[] value) throws IOException {
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).write(name, ByteBuffer.wrap(value));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}

package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What GNU tar writes of hard cases comes back as they were. */
class TarRootIT {

    @TempDir
    private Path temp;

    private Vault vault;
    private Path source;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Self.UID == 0, "root is needed to bring back owners and devices");
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
        source = HardCases.create(temp.resolve("source"));
        Files.writeString(source.resolve("x".repeat(150)), "long");
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
    }

    /** Fails at its end if the program did. */
    private static InputStream output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new FilterInputStream(process.getInputStream()) {
            @Override
            public void close() throws IOException {
                super.close();
                try {
                    if (process.waitFor() != 0) {
                        throw new IOException("ended with " + process.exitValue());
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    private Path restored(Snapshot snapshot) throws IOException {
        Path target = temp.resolve("target-" + snapshot.id().shortForm());
        RestoreSpec spec = RestoreSpec.of("/t", target).with(RestoreSpec.Option.SETUID);
        assertThat(vault.restore(snapshot.id(), spec, Progress.NONE).problems()).isEmpty();
        return target;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=posix",
                "--format=posix --sparse",
                "--format=gnu",
                "--format=gnu --sparse",
                "--format=posix --sparse --sparse-version=0.1",
                "--format=posix --sparse --sparse-version=0.0"
            })
    void comesBackAsItWas(String options) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar", "-c", "--xattrs", "-C", source.toString()));
        if (options.contains("gnu")) {
            command.remove("--xattrs");
        }
        command.addAll(List.of(options.split(" ", -1)));
        command.add(".");
        Snapshot snapshot = vault.backup(
                        BackupSpec.of(new Root.Tar("/t", () -> new BufferedInputStream(output(command)))),
                        Progress.NONE)
                .snapshot();
        List<String> wanted = Manifest.of(source);
        List<String> found = Manifest.of(restored(snapshot));
        if (options.contains("gnu")) {
            assertThat(withoutFractions(found)).isEqualTo(withoutFractions(wanted));
        } else {
            assertThat(found).isEqualTo(wanted);
        }
    }

    private static List<String> withoutFractions(List<String> manifest) {
        return manifest.stream()
                .map(line -> line.replaceFirst("(:\\d\\d)\\.\\d+Z", "$1Z"))
                .toList();
    }

    @Test
    void readsItsOwnArchives() throws IOException {
        Snapshot first = vault.backup(BackupSpec.of(new Root.Tree(source, "/t")), Progress.NONE)
                .snapshot();
        Path archive = temp.resolve("archive.tar");
        try (OutputStream out = Files.newOutputStream(archive)) {
            vault.contents().archive(List.of(new ArchivePart(first.id(), "/t", "")), ArchiveType.TAR, out);
        }
        Snapshot second = vault.backup(
                        BackupSpec.of(new Root.Tar("/t", () -> Files.newInputStream(archive))), Progress.NONE)
                .snapshot();
        assertThat(second.summary().orElseThrow().dataBlobs()).isZero();
        assertThat(Manifest.of(restored(second))).isEqualTo(Manifest.of(source));
    }
}

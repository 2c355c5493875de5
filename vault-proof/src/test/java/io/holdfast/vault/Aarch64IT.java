package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backs up and restores in a process for aarch64, where calls of the system take other flags and structs, and finds
 * everything as this process does. An emulator runs it, which reads its calls as aarch64 means them.
 */
class Aarch64IT {

    private static final String VARIABLE = "HOLDFAST_AARCH64_JAVA";

    /** What an emulated JVM has to do otherwise, and what is no matter of the architecture. */
    private static final List<String> QUICK =
            List.of("-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote");

    private static final Password PASSWORD = Password.of(Restic.PASSWORD);

    /** They are cut and digested in Java alone, which takes an emulator long. */
    private static final int FEW_CHUNKS = 700_000;

    @TempDir
    Path temp;

    @Test
    void keepsAndBringsBackEverythingAsHere() throws Exception {
        String java = System.getenv().getOrDefault(VARIABLE, "");
        assumeFalse(java.isEmpty(), VARIABLE + " names no Java for aarch64: see .ci/aarch64");
        Path source = HardCases.withAttributes(temp.resolve("source"));
        Files.write(source.resolve("a/b/c/big.bin"), HardCases.random(1, FEW_CHUNKS));
        if (Self.UID == 0) {
            Posix.makeDevice(source.resolve("device"), NodeType.CHARDEV, 0x12345678L);
            Posix.makeDevice(source.resolve("block"), NodeType.DEVICE, 0x801);
        }
        List<String> before = described(source);
        Restic theirs = Restic.on(temp.resolve("theirs")).init();
        theirs.backup(source);
        Restic ours = Restic.on(temp.resolve("ours"));

        List<String> command = new ArrayList<>(Children.java(Child.class, temp.toString()));
        command.set(0, java);
        command.addAll(1, QUICK);
        Children.Result result = Children.run(command);

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(described(temp.resolve("restored-ours"))).isEqualTo(before);
        assertThat(described(temp.resolve("restored-theirs"))).isEqualTo(before);
        try (Vault vault = Vault.open(LocalBackend.at(ours.repository()), PASSWORD, Duration.ZERO)) {
            Snapshot there = vault.snapshots().getFirst();
            BackupResult here = backup(vault, source);
            assertThat(here.snapshot().tree()).isEqualTo(there.tree());
            restore(vault, temp.resolve("restored-here"));
        }
        assertThat(described(temp.resolve("restored-here"))).isEqualTo(before);
        ours.checksEveryByte();
    }

    /** With the numbers of devices, which a manifest leaves out. */
    private static List<String> described(Path root) throws IOException {
        List<String> lines = new ArrayList<>(Manifest.of(root));
        for (String device : List.of("device", "block")) {
            if (Files.exists(root.resolve(device))) {
                lines.add(device + " " + Files.getAttribute(root.resolve(device), "unix:rdev"));
            }
        }
        return lines;
    }

    private static BackupResult backup(Vault vault, Path source) throws IOException {
        BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/source")).with(BackupOption.FORCE);
        BackupResult result = vault.backup(spec, Progress.NONE);
        assertThat(result.problems()).isEmpty();
        return result;
    }

    private static void restore(Vault vault, Path target) throws IOException {
        RestoreSpec spec = RestoreSpec.of("/source", target)
                .with(RestoreSpec.Option.SETUID)
                .with(RestoreSpec.Option.DEVICES, Self.UID == 0);
        RestoreResult result = vault.restore(vault.snapshots().getFirst().id(), spec, Progress.NONE);
        assertThat(result.problems()).isEmpty();
    }

    /** The process for aarch64. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            assertThat(System.getProperty("os.arch")).isEqualTo("aarch64");
            Path temp = Path.of(arguments[0]);
            try (Vault ours = Vault.init(LocalBackend.at(temp.resolve("ours")), PASSWORD, Duration.ZERO);
                    Vault theirs = Vault.open(LocalBackend.at(temp.resolve("theirs")), PASSWORD, Duration.ZERO)) {
                backup(ours, temp.resolve("source"));
                restore(ours, temp.resolve("restored-ours"));
                assertThat(ours.check(CheckSpec.EVERYTHING).problems()).isEmpty();
                restore(theirs, temp.resolve("restored-theirs"));
            }
        }
    }
}

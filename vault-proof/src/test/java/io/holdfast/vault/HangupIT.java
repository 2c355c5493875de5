package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** restic asks with SIGHUP whether the owner of a lock lives. */
class HangupIT {

    private static final int KILLED_BY_HANGUP = 129;

    @TempDir
    Path temp;

    private Restic restic;

    @BeforeEach
    void aRepository() throws IOException {
        restic = Restic.on(temp.resolve("repo"));
        Files.write(Files.createDirectories(temp.resolve("source")).resolve("file"), HardCases.random(1, 100_000));
        Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD))
                .close();
    }

    @Test
    void aBackupOutlivesAnUnlockWhenHangupIsIgnored() throws Exception {
        Process backup = start("trap '' HUP; exec \"$@\"");
        restic.run("unlock");
        assertThat(backup.isAlive()).isTrue();
        assertThat(locks()).hasSize(1);
        backup.outputWriter().append('\n').close();
        assertThat(backup.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(backup.exitValue()).isZero();
        assertThat(locks()).isEmpty();
        restic.checksEveryByte();
        assertThat(restic.run("snapshots", "--json")).contains("\"short_id\"");
    }

    @Test
    void aBackupDiesOfAnUnlockWhenHangupIsNotIgnored() throws Exception {
        Process backup = start("exec env --default-signal=HUP \"$@\"");
        restic.run("unlock");
        assertThat(backup.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(backup.exitValue()).isEqualTo(KILLED_BY_HANGUP);
        restic.run("unlock");
        restic.checksEveryByte();
    }

    private Process start(String script) throws IOException {
        List<String> command = List.of(
                "sh",
                "-c",
                script,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PausedBackup.class.getName(),
                restic.repository().toString(),
                temp.resolve("source").toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.equals(PausedBackup.READY)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(PausedBackup.READY);
        return process;
    }

    private List<Path> locks() throws IOException {
        try (Stream<Path> files = Files.list(restic.repository().resolve("locks"))) {
            return files.toList();
        }
    }
}

package io.holdfast.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hardened hosts run nothing that lies in the directory for temporary files, where the compressor's native code is unpacked. */
class NoexecIT {

    private static final String SCRIPT = """
            mount -t tmpfs -o noexec tmpfs "$1" || exit 99
            shift; exec "$@"
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void requireMounts() throws Exception {
        assumeThat(new ProcessBuilder("unshare", "-rm", "true").start().waitFor())
                .as("needs unshare and the right to make a mount namespace")
                .isZero();
    }

    @Test
    void backsUpWithNativeCodeFromTheUsersCacheInstead() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));

        String said = backUp(home);

        assertThat(said).isEqualTo("backed up");
        assertThat(home.resolve(".cache/holdfast")).as("nothing is left there").isEmptyDirectory();
    }

    @Test
    void saysWhatIsTheMatterWhereNoDirectoryWillDo() throws Exception {
        String said = backUp(Files.writeString(directory.resolve("home"), "no directory"));

        assertThat(said)
                .startsWith("HF-V17 Cannot make a repository at ")
                .contains("/noexec (failed to map segment from shared object)", "-DZstdTempFolder=DIR")
                .contains("/home/.cache/holdfast (");
        assertThat(directory.resolve("repository/config")).doesNotExist();
    }

    private String backUp(Path home) throws IOException, InterruptedException {
        Path noexec = Files.createDirectory(directory.resolve("noexec"));
        Process process = new ProcessBuilder(
                        "unshare",
                        "-rm",
                        "sh",
                        "-c",
                        SCRIPT,
                        "sh",
                        noexec.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + noexec,
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Client.class.getName(),
                        directory.resolve("repository").toString(),
                        noexec.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** The process that may not run what lies in its directory for temporary files. */
    static final class Client {

        private Client() {}

        public static void main(String[] arguments) throws IOException {
            Path source = Files.writeString(Path.of(arguments[1], "letter.txt"), "some text".repeat(1_000));
            try (Vault vault = Vault.init(LocalBackend.at(Path.of(arguments[0])), Password.of("secret"))) {
                vault.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
                System.out.println("backed up");
            } catch (VaultException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}

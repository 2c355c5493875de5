package io.holdfast.sources.systeminformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemInformationSourceTest {

    private static final String AT = "/shop/facts";

    @Test
    void keepsWhatThereIsAndSaysWhatIsNot() throws IOException, InterruptedException {
        var source = new SystemInformationSource(
                new Source.SystemInformation(
                        List.of(Path.of("/")),
                        List.of(
                                List.of("echo", "extra"),
                                List.of("no-such-program"),
                                List.of("sh", "-c", "echo half; echo torn >&2; exit 3"),
                                List.of("sh", "-c", "echo at $DOCKER_HOST")),
                        Quiesce.NONE),
                AT,
                TestHost.withoutEngine(Map.of("DOCKER_HOST", "tcp://engine.example:2376")));
        try (Capture capture = source.capture();
                TestVault vault = new TestVault(AT)) {
            capture.inspect();
            SnapshotFiles files = vault.stored(capture.read());

            assertThat(files.children("/"))
                    .contains(
                            "host.txt",
                            "memory.txt",
                            "disks.txt",
                            "packages.txt",
                            "processes.txt",
                            "network.txt",
                            "cron.txt",
                            "services.txt",
                            "docker.txt");
            assertThat(TestVault.text(files, "/host.txt")).contains(System.getProperty("os.version"));
            assertThat(TestVault.text(files, "/docker.txt")).contains("The Docker engine at unix:///nonexistent", "(");
            assertThat(TestVault.text(files, "/command-01-echo.txt"))
                    .contains("$ echo extra")
                    .endsWith("extra\n\n");
            assertThat(TestVault.text(files, "/command-02-no-such-program.txt")).contains("(not on this host)");
            assertThat(TestVault.text(files, "/command-03-sh.txt")).contains("half\n", "status 3", "torn");
            assertThat(TestVault.text(files, "/command-04-sh.txt")).contains("at tcp://engine.example:2376");
            assertThat(source.wayBack().target()).contains("nowhere");
            assertThat(source.wayBack().put(files)).isEqualTo(Restored.NOTHING);
        }
    }

    @Test
    void showsOfProcessesNoArgumentsThatMayHoldSecrets() throws Exception {
        Process process = new ProcessBuilder("sleep", "600.000271828").start();
        try {
            var source = new SystemInformationSource(
                    new Source.SystemInformation(List.of(), List.of(), Quiesce.NONE), AT, TestHost.withoutEngine());
            try (TestVault vault = new TestVault(AT)) {
                assertThat(TestVault.text(vault.stored(source.salvage()), "/processes.txt"))
                        .contains("sleep")
                        .doesNotContain("600.000271828");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void masksWhatUsuallyIsAPassword() {
        assertThat(LikelySecrets.masked("""
                DB_PASSWORD=hunter2
                0 2 * * * backup --token abc.def --to s3
                0 3 * * * curl -H "Authorization: Bearer eyJh" https://user:pa55@example.org/x
                //server/share /mnt cifs rw,username=app,password=geheim,uid=0 0 0
                api_key: 'two words' and the rest"""))
                .doesNotContain("hunter2", "abc.def", "eyJh", "pa55", "geheim", "two words")
                .contains("DB_PASSWORD=***", "--to s3", "https://***@example.org/x", "uid=0", "and the rest");
    }
}

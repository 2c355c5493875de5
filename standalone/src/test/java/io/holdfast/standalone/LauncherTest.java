package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does before it becomes the JVM, in a dist with a stand-in for the JDK. */
class LauncherTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path dist;

    @BeforeEach
    void layOut() throws Exception {
        Files.copy(Path.of("../holdfast"), dist.resolve("holdfast"));
        Files.createFile(dist.resolve("classpath"));
        Files.createFile(dist.resolve("jvm.options"));
        Files.createFile(dist.resolve("cli.options"));
        Files.createDirectories(dist.resolve("lib"));
        Files.createDirectories(dist.resolve("jdk/bin"));
        Files.writeString(dist.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        Path java = Files.writeString(dist.resolve("jdk/bin/java"), "#!/bin/sh\necho \"java $*\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(dist.resolve("holdfast"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void trainsForAStartButNotForAHelpText() throws Exception {
        assertThat(launch("1024", "up", "--help")).contains("java ").doesNotContain("Preparing a fast start");
        assertThat(launch("1024", "vault", "backup", "-h")).contains("java ").doesNotContain("Preparing a fast start");

        assertThat(launch("1024", "up")).contains("java ").contains("Preparing a fast start");
    }

    @Test
    void refusesToStartWhereTooFewFilesMayBeOpen() throws Exception {
        assertThatThrownBy(() -> launch("256", "up"))
                .hasMessageContaining(
                        "HF-S54 Cannot start Holdfast: a process here may have 256 files open (ulimit -Hn), and 1024 are needed. Nothing was changed.")
                .hasMessageNotContaining("Preparing a fast start");

        assertThat(launch("256", "up", "--help")).contains("java ");
        assertThat(launch("256", "status")).contains("java ");
    }

    private String launch(String openFiles, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "ulimit -n \"$0\" && exec \"$@\"",
                openFiles,
                dist.resolve("holdfast").toString()));
        command.addAll(List.of(arguments));
        return Programs.run(
                dist, Map.of("HOLDFAST_JAVA_HOME", dist.resolve("jdk").toString(), "HOLDFAST_NO_AOT", ""), command);
    }
}

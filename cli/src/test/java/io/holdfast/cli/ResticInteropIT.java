package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ResticInteropIT {

    @TempDir
    Path temp;

    private final TestCli cli = new TestCli();
    private Path source;
    private Path repository;
    private Path password;

    @BeforeEach
    void prepare() throws IOException {
        boolean installed = Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "restic")));
        assumeTrue(installed, "restic is not installed: install it to compare with it");
        source = Files.createDirectories(temp.resolve("source/below"));
        Files.writeString(source.resolve("letter.txt"), "dear reader");
        repository = temp.resolve("repo");
        password = Files.writeString(temp.resolve("password"), " correct horse \n");
        cli.with("RESTIC_REPOSITORY", repository.toString()).with("RESTIC_PASSWORD_FILE", password.toString());
    }

    private record Restic(int code, String out) {}

    private Restic restic(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("restic", "--no-cache"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESTIC_REPOSITORY", repository.toString());
        builder.environment().put("RESTIC_PASSWORD_FILE", password.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Restic(process.waitFor(), out);
    }

    @Test
    void resticReadsWhatTheCommandWrote() throws Exception {
        assertThat(cli.run("vault", "init").code()).isZero();
        assertThat(cli.run("vault", "backup", source.toString(), "--tag", "a,b", "--host", "h")
                        .code())
                .isZero();
        JsonNode ours = cli.run("vault", "snapshots", "--json").json().get(0);
        JsonNode theirs = Json.tree(restic("snapshots", "--json").out().getBytes(StandardCharsets.UTF_8))
                .get(0);
        for (String field : List.of("id", "short_id", "tree", "paths", "hostname", "username", "tags")) {
            assertThat(ours.path(field)).as(field).isEqualTo(theirs.path(field));
        }
        assertThat(restic("check", "--read-data").out()).contains("no errors were found");
        assertThat(restic("dump", "latest", source + "/letter.txt").out()).isEqualTo("dear reader");
    }

    @Test
    void theCommandReadsWhatResticWrote() throws Exception {
        assertThat(restic("init").code()).isZero();
        assertThat(restic("backup", source.toString()).code()).isZero();
        Path target = temp.resolve("target");
        assertThat(cli.run("vault", "restore", "latest", "-t", target.toString())
                        .code())
                .isZero();
        assertThat(Path.of(target + source.toString()).resolve("letter.txt")).hasContent("dear reader");
        assertThat(cli.run("vault", "check", "--read-data").out()).contains("No errors were found.");
        assertThat(cli.run("vault", "ls", "latest").out())
                .isEqualTo(restic("ls", "-q", "latest").out());
        cli.run("vault", "dump", "latest", source + "/letter.txt");
        assertThat(cli.dumped()).asString().isEqualTo("dear reader");
    }
}

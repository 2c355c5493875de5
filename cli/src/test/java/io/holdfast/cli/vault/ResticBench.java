package io.holdfast.cli.vault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.cli.TestCli;
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
import org.junit.jupiter.api.io.TempDir;

/** The command and restic, on one repository. */
abstract class ResticBench {

    @TempDir
    Path temp;

    final TestCli cli = new TestCli();
    Path source;
    Path repository;
    Path password;

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

    record Restic(int code, String out) {}

    Restic restic(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Restic(process.waitFor(), out);
    }

    /** With its standard output in a file. */
    int restic(Path out, String... arguments) throws IOException, InterruptedException {
        return start(arguments).redirectOutput(out.toFile()).start().waitFor();
    }

    private ProcessBuilder start(String... arguments) {
        List<String> command = new ArrayList<>(List.of("restic", "--no-cache"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("RESTIC_REPOSITORY", repository.toString());
        builder.environment().put("RESTIC_PASSWORD_FILE", password.toString());
        return builder;
    }
}

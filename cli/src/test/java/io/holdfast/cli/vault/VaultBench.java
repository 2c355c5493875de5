package io.holdfast.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli;
import io.holdfast.cli.TestCli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A few files and a place for a repository, which the environment names, for each test its own. */
@Execution(ExecutionMode.CONCURRENT)
public abstract class VaultBench {

    protected static final String PASSWORD = "correct horse";

    @TempDir
    protected Path temp;

    protected final TestCli cli = new TestCli();
    protected Path source;
    protected Path repository;

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(source.resolve("letter.txt"), "dear reader");
        Files.createDirectories(source.resolve("deep/er"));
        Files.write(source.resolve("deep/er/data.bin"), new byte[70_000]);
        Files.writeString(source.resolve("scratch.tmp"), "left out");
        repository = temp.resolve("repo");
        cli.with("HOLDFAST_REPOSITORY", repository.toString())
                .with("HOLDFAST_PASSWORD", PASSWORD)
                .with("HOLDFAST_STATE_DIR", temp.resolve("state").toString());
    }

    /** {@code holdfast vault …}. */
    protected Outcome vault(String... arguments) {
        return cli.run(Stream.concat(Stream.of("vault"), Stream.of(arguments)).toArray(String[]::new));
    }

    protected Outcome backup(String... more) {
        return vault(Stream.concat(Stream.of("backup", source.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    protected void initAndBackUp() {
        assertThat(vault("init").code()).isZero();
        assertThat(backup().code()).isZero();
    }

    protected int snapshots() {
        return vault("snapshots", "--json").json().size();
    }
}

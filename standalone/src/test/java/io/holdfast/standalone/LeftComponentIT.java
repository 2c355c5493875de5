package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.standalone.CommandLine.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Bringing back what the plan no longer has, and where nothing is brought back to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeftComponentIT {

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestStack stack;

    @SuppressWarnings("NullAway.Init")
    private RunningHoldfast holdfast;

    @SuppressWarnings("NullAway.Init")
    private CommandLine cli;

    @SuppressWarnings("NullAway.Init")
    private String backup;

    @BeforeAll
    void aComponentLeavesThePlan(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        this.directory = directory;
        stack = TestStack.in(directory, "documents", "gone");
        Files.writeString(stack.source("documents").resolve("paper.txt"), "words");
        Files.writeString(stack.source("gone").resolve("old.txt"), "old words");
        holdfast = RunningHoldfast.up(stack.data(), stack.plan());
        cli = new CommandLine(stack.data());
        backup = holdfast.console().awaitFirstBackup();
        holdfast.console().awaitBackup(backup, "vault", "east", "west");
        stack.without("gone");
        assertThat(cli.run("plan", "publish", stack.plan().toString()).code()).isZero();
    }

    @AfterAll
    void stop() throws IOException {
        holdfast.close();
    }

    @Test
    void comesBackIntoADirectory() throws Exception {
        for (String which : List.of(backup, "latest")) {
            Path target = directory.resolve("restored-" + which);

            Ran restored = restore(which, "-c", "gone", "--to", target.toString());

            assertThat(restored.code()).as("%s", restored).isZero();
            assertThat(target.resolve("gone" + stack.source("gone") + "/old.txt"))
                    .hasContent("old words");
        }
    }

    @Test
    void hasNoPlaceOfItsOwn() throws Exception {
        Ran refused = restore("latest", "-c", "gone");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("HF-R05 ", "--to DIR");
    }

    @Test
    void keepsNobodyFromBringingBackTheRest() throws Exception {
        Files.writeString(stack.source("documents").resolve("paper.txt"), "other words");

        Ran restored = restore("latest");

        assertThat(restored.code()).as("%s", restored).isEqualTo(3);
        assertThat(restored.err()).contains("HF-R19 ", "-c gone --to DIR");
        assertThat(stack.source("documents").resolve("paper.txt")).hasContent("words");
    }

    @Test
    void canBeDownloaded() throws Exception {
        Path archive = directory.resolve("gone.tar.gz");

        holdfast.console().download(backup, "gone", archive);

        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        Programs.run(unpacked, Map.of(), List.of("tar", "xzpf", archive.toString()));
        assertThat(unpacked.resolve("gone" + stack.source("gone") + "/old.txt")).hasContent("old words");
    }

    @Test
    void nothingIsRestoredIntoWhatThePlatformKeepsForItself() throws Exception {
        try (Stream<Path> kept = Files.list(stack.data())) {
            assertThat(kept.filter(Files::isDirectory)).isSubsetOf(DataDirectory.ownIn(stack.data()));
        }

        Ran refused = restore("latest", "-c", "documents", "--to", stack.data() + "/regions/east/holdfast-east");
        Ran beside = restore("latest", "-c", "documents", "--to", stack.data() + "/restored");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("HF-R10 ", "Holdfast's own files lie there");
        assertThat(beside.code()).as("%s", beside).isZero();
    }

    private Ran restore(String which, String... more) throws IOException, InterruptedException {
        return cli.run(
                Stream.of(Stream.of("restore", which), Stream.of(more), Stream.of("--reason", "a test", "--wait"))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }
}

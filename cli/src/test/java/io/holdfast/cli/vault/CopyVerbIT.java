package io.holdfast.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli;
import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.terminal.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyVerbIT extends VaultBench {

    private static final String FIRST_LINE = "is copied, as";

    private final TestCli other = new TestCli();
    private Path secret;

    /** Two snapshots in the one repository; the other is empty, and cuts files alike. */
    @BeforeEach
    void twoRepositories() throws IOException {
        initAndBackUp();
        Files.writeString(source.resolve("more.txt"), "another letter");
        backup("--tag", "second");
        secret = Files.writeString(temp.resolve("secret"), PASSWORD + "\n");
        other.with("HOLDFAST_REPOSITORY", temp.resolve("other").toString())
                .with("HOLDFAST_PASSWORD", "battery staple")
                .with("HOLDFAST_STATE_DIR", temp.resolve("state").toString());
        assertThat(copyTo("init", "--copy-chunker-params").code()).isZero();
    }

    private Outcome copyTo(String verb, String... more) {
        String[] arguments = new String[6 + more.length];
        System.arraycopy(
                new String[] {
                    "vault", verb, "--from-repo", repository.toString(), "--from-password-file", secret.toString()
                },
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return other.run(arguments);
    }

    @Test
    void copiesWhatIsNotThereAndLeavesOutWhatIs() {
        Outcome first = copyTo("copy");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains(FIRST_LINE, "2 snapshots copied");
        assertThat(other.run("vault", "check", "--read-data").code()).isZero();
        assertThat(other.run("vault", "snapshots", "--json").json()).hasSize(2).allSatisfy(snapshot -> {
            assertThat(snapshot.path("original").isString()).isTrue();
        });

        assertThat(copyTo("copy").out()).contains("is there already, as", "0 snapshots copied");
    }

    @Test
    void copiesWhatIsChosen() {
        assertThat(copyTo("copy", "--tag", "second").out()).contains("1 snapshot copied");
        assertThat(copyTo("copy", "latest", "--json").out()).contains("\"message_type\":\"skipped\"", "\"copied\":0");
        assertThat(copyTo("copy", "deadbeef").code()).isNotZero();
    }

    @Test
    void takesTheOtherRepositoryFromTheEnvironmentAsResticDoes() {
        other.with("RESTIC_FROM_REPOSITORY", repository.toString()).with("RESTIC_FROM_PASSWORD", PASSWORD);
        assertThat(other.run("vault", "copy").out()).contains("2 snapshots copied");
    }

    @Test
    void takesTheOtherRepositoryFromAFileAndItsPasswordFromACommand() throws IOException {
        Path place = Files.writeString(temp.resolve("place"), repository + "\n");
        assertThat(other.run(
                                "vault",
                                "copy",
                                "--from-repository-file",
                                place.toString(),
                                "--from-password-command",
                                "cat " + secret)
                        .out())
                .contains("2 snapshots copied");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThat(other.run("vault", "copy").err()).startsWith("HF-L07 ").contains("--from-repo");
        assertThat(copyTo("init").err()).startsWith("HF-L05 ").contains("--copy-chunker-params");
        other.surroundings.typed.add("wrong");
        assertThat(other.run("vault", "copy", "--from-repo", repository.toString())
                        .code())
                .isEqualTo(ExitCodes.WRONG_PASSWORD);
    }
}

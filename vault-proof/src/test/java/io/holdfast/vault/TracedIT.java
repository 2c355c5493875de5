package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches the system calls of a backup and of a restore: what is announced is durable, and so is what it rests on. */
class TracedIT {

    private static final Password PASSWORD = Password.of(Restic.PASSWORD);
    private static final Pattern CALL = Pattern.compile(
            "(fsync|fdatasync|syncfs|rename|link)\\w*\\((?:AT_FDCWD\\S* |\\d+<([^>]*)>,? ?)?(?:\"([^\"]*)\")?(?:, (?:AT_FDCWD\\S* |\\d+<([^>]*)>,? ?)?\"([^\"]*)\")?");

    @TempDir
    Path temp;

    private Path source = Path.of("");
    private Path repository = Path.of("");

    @BeforeEach
    void aRepositoryAndAFewFiles() throws Exception {
        assumeThat(Children.canRun("strace", "-f", "true"))
                .as("needs strace and the right to trace")
                .isTrue();
        source = Files.createDirectories(temp.resolve("source"));
        repository = temp.resolve("repository");
        Files.writeString(source.resolve("one"), "one");
        Files.writeString(Files.createDirectory(source.resolve("dir")).resolve("two"), "two");
        Vault.init(LocalBackend.at(repository), PASSWORD, Duration.ZERO).close();
    }

    @Test
    void aBackupMakesPacksDurableThenTheIndexThenTheSnapshot() throws Exception {
        List<String> calls = trace("backup", source);

        assertThat(calls)
                .containsSubsequence(
                        "sync repository/data/-tmp",
                        "rename repository/data/-tmp",
                        "sync repository/data/",
                        "sync repository/index/-tmp",
                        "rename repository/index/-tmp",
                        "sync repository/index/",
                        "sync repository/snapshots/-tmp",
                        "rename repository/snapshots/-tmp",
                        "sync repository/snapshots/");
        assertThat(calls.lastIndexOf("sync repository/data/"))
                .isLessThan(calls.indexOf("rename repository/index/-tmp"));
        assertThat(calls.lastIndexOf("sync repository/index/"))
                .isLessThan(calls.indexOf("rename repository/snapshots/-tmp"));
    }

    @Test
    void aRestoreMakesEachFileDurableBeforeItsNameAndTheNamesAtTheEnd() throws Exception {
        trace("backup", source);
        Path target = Files.createDirectories(temp.resolve("target"));

        List<String> calls = trace("restore", target);

        assertThat(calls.stream().filter("sync target/-tmp"::equals)).hasSize(1);
        assertThat(calls.stream().filter("sync target/dir/-tmp"::equals)).hasSize(1);
        assertThat(calls).containsSubsequence("sync target/-tmp", "rename target/-tmp", "sync target/");
        assertThat(calls).containsSubsequence("sync target/dir/-tmp", "rename target/dir/-tmp", "sync target/dir/");
        assertThat(calls.lastIndexOf("rename target/dir/-tmp")).isLessThan(calls.indexOf("sync target/dir/"));
    }

    private List<String> trace(String what, Path directory) throws Exception {
        Path trace = temp.resolve("trace-" + what);
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-y",
                "-e",
                "trace=fsync,fdatasync,syncfs,rename,renameat,renameat2,link,linkat",
                "-o",
                trace.toString()));
        command.addAll(Children.java(Traced.class, what, repository.toString(), directory.toString()));
        Children.Result result = Children.run(command);
        assertThat(result.exit()).as(result.output()).isZero();
        List<String> calls = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher call = CALL.matcher(line);
            if (call.find()) {
                String path = path(call.group(2), call.group(3));
                if (path.startsWith(temp.toString())) {
                    calls.add(kind(call.group(1)) + " " + shortened(path));
                }
            }
        }
        return calls;
    }

    private static String path(String directory, String name) {
        if (directory == null) {
            return name == null ? "" : name;
        }
        return name == null ? directory : directory + "/" + name;
    }

    private static String kind(String call) {
        return call.equals("fsync") || call.equals("fdatasync") ? "sync" : call;
    }

    /** Without the names that differ each time; a directory ends with a slash. */
    private String shortened(String path) {
        String relative = temp.relativize(Path.of(path)).toString();
        String temporary = relative.replaceFirst("(\\.holdfast-restore-[0-9a-f]{16}|[0-9a-f]{64}-tmp-[^/]*)$", "-tmp");
        String plain = temporary.replaceFirst("^(repository/data)/[0-9a-f]{2}(?=/|$)", "$1");
        return plain.endsWith("-tmp") || plain.contains("config") ? plain : plain + "/";
    }

    /** The process that is watched. */
    static final class Traced {

        private Traced() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[2]);
            try (Vault vault = Vault.open(LocalBackend.at(Path.of(arguments[1])), PASSWORD, Duration.ZERO)) {
                if (arguments[0].equals("backup")) {
                    vault.backup(BackupSpec.of(new Root.Tree(directory, "/s")), Progress.NONE);
                } else {
                    vault.restore(vault.snapshots().getFirst().id(), RestoreSpec.of("/s", directory), Progress.NONE);
                }
            }
        }
    }
}

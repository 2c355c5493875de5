package io.holdfast.vault.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches the system calls of another process that stores two files. */
class DurabilityIT {

    private static final Handle PACK = new Handle(FileType.PACK, "ab".repeat(32));
    private static final Pattern CALL = Pattern.compile(
            "(mkdir|write|fsync|fdatasync|rename|link|unlink)\\w*\\((?:AT_FDCWD, |\\d+)?[<\"]([^>\"]+)");

    @TempDir
    Path temporary;

    @Test
    void forcesEachFileBeforeItsNameAndItsDirectoryAfter() throws Exception {
        assumeThat(Children.canRun("strace", "-f", "true"))
                .as("needs strace and the right to trace")
                .isTrue();
        Path repository = temporary.resolve("new/repository");
        Path trace = temporary.resolve("trace");

        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-y",
                "-e",
                "trace=mkdir,mkdirat,write,fsync,fdatasync,rename,renameat,renameat2,link,linkat",
                "-o",
                trace.toString()));
        command.addAll(Children.java(StoreTwo.class, repository.toString()));
        assertThat(Children.run(command)).isEqualTo(new Children.Result(0, ""));

        List<String> calls = calls(trace);
        assertThat(calls)
                .containsSubsequence(
                        "mkdir new",
                        "fsync .",
                        "mkdir new/repository",
                        "fsync new",
                        "mkdir new/repository/snapshots",
                        "fsync new/repository",
                        "mkdir new/repository/data/ab",
                        "fsync new/repository/data",
                        "write new/repository/config-tmp",
                        "fsync new/repository/config-tmp",
                        "link new/repository/config-tmp",
                        "fsync new/repository",
                        "write new/repository/data/ab/pack-tmp",
                        "fsync new/repository/data/ab/pack-tmp",
                        "rename new/repository/data/ab/pack-tmp",
                        "fsync new/repository/data/ab");
        assertThat(calls).last().isEqualTo("fsync new/repository/data/ab");
    }

    private List<String> calls(Path trace) throws IOException {
        List<String> calls = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher call = CALL.matcher(line);
            if (call.find() && call.group(2).startsWith(temporary.toString())) {
                String path = temporary.relativize(Path.of(call.group(2))).toString();
                calls.add(call.group(1) + " " + shortened(path));
            }
        }
        return calls;
    }

    private static String shortened(String path) {
        return path.isEmpty() ? "." : path.replaceAll("-tmp-.*", "-tmp").replace(PACK.name(), "pack");
    }

    /** The process that is watched. */
    static final class StoreTwo {

        private StoreTwo() {}

        public static void main(String[] arguments) throws IOException {
            LocalBackend backend = LocalBackend.at(Path.of(arguments[0]));
            backend.store(Handle.CONFIG, new byte[155]);
            backend.store(PACK, new byte[3 << 20]);
        }
    }
}

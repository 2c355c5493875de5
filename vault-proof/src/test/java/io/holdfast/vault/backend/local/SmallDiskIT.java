package io.holdfast.vault.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a process in a namespace of its own, on a disk of two megabytes that fills up and then becomes read-only. */
class SmallDiskIT {

    private static final String SCRIPT = """
            disk="$1"; shift
            mount -t tmpfs -o size=2m tmpfs "$disk" || exit 99
            "$@" fill "$disk" || exit $?
            mount -o remount,ro "$disk" || exit 99
            "$@" readonly "$disk"
            """;

    @TempDir
    Path disk;

    @Test
    void tellsAFullDiskFromOneThatIsReadOnly() throws Exception {
        assumeThat(Children.canRun("unshare", "-rm", "true"))
                .as("needs unshare and the right to make a mount namespace")
                .isTrue();

        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", SCRIPT, "sh", disk.toString()));
        command.addAll(Children.java(Client.class));

        assertThat(Children.run(command)).isEqualTo(new Children.Result(0, ""));
    }

    /** The process that runs on the small disk. */
    static final class Client {

        private static final Handle SMALL = new Handle(FileType.PACK, "ab".repeat(32));
        private static final Handle LARGE = new Handle(FileType.PACK, "ab" + "cd".repeat(31));

        private Client() {}

        public static void main(String[] arguments) throws IOException {
            LocalBackend backend = LocalBackend.at(Path.of(arguments[1]));
            if (arguments[0].equals("fill")) {
                fill(backend);
            } else {
                expect(backend, LARGE, new byte[1_000], Kind.DENIED);
            }
            assertThat(backend.load(SMALL)).hasSize(1_000);
            assertThat(backend.list(FileType.PACK)).hasSize(1);
        }

        private static void fill(LocalBackend backend) throws BackendException {
            backend.store(Handle.CONFIG, new byte[155]);
            backend.store(SMALL, new byte[1_000]);
            expect(backend, LARGE, new byte[4 << 20], Kind.FULL);
            backend.store(LARGE, new byte[1 << 20]);
            backend.delete(LARGE);
        }

        private static void expect(LocalBackend backend, Handle handle, byte[] content, Kind kind) {
            try {
                backend.store(handle, content);
                throw new AssertionError("should not fit");
            } catch (BackendException e) {
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
            }
        }
    }
}

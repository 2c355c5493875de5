package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of a few megabytes, in a mount namespace of its own that programs can be started in. Needs no privileges. */
final class SmallDisk implements AutoCloseable {

    private final Path directory;
    private final Process holder;

    private SmallDisk(Path directory, Process holder) {
        this.directory = directory;
        this.holder = holder;
    }

    static boolean isPossible() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "-rm", "true")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    /** @param directory where the disk is mounted, for those within */
    static SmallDisk of(Path directory, int megabytes) throws IOException {
        String script = "mount -t tmpfs -o size=%dm tmpfs '%s' && touch '%s/mounted' && exec sleep 600"
                .formatted(megabytes, directory, directory);
        var disk = new SmallDisk(
                directory,
                new ProcessBuilder("unshare", "-rm", "sh", "-c", script)
                        .inheritIO()
                        .start());
        await().until(() -> Files.exists(disk.seen("mounted")));
        return disk;
    }

    /** What a command starts with that is to see the disk. */
    List<String> entry() {
        return List.of(
                "nsenter", "--target", String.valueOf(holder.pid()), "--user", "--mount", "--preserve-credentials");
    }

    /** What lies on the disk, as seen from outside. */
    Path seen(String name) {
        return Path.of("/proc/" + holder.pid() + "/root" + directory).resolve(name);
    }

    /** Leaves not a byte free. */
    void fill() throws IOException {
        byte[] page = new byte[4_096];
        try (OutputStream filler = Files.newOutputStream(seen("filler"))) {
            while (true) {
                filler.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    void free() throws IOException {
        Files.delete(seen("filler"));
    }

    @Override
    public void close() {
        holder.destroyForcibly().onExit().join();
    }
}

package io.holdfast.embedded.broker;

import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.WriteFault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The broker's place on disk. {@code log} appears in one step and complete: it is formatted under another name first,
 * so a process that dies in between leaves nothing that looks like a broker's data.
 */
final class BrokerDirectory {

    private static final String META = "meta.properties";

    private final Path home;
    private final Path log;

    BrokerDirectory(Path home) {
        this.home = home;
        this.log = home.resolve("log");
    }

    Path log() {
        return log;
    }

    /**
     * Makes the data directory unless it is there.
     *
     * @return the id of the cluster, the same for as long as the directory lives
     */
    String prepare() {
        try {
            Files.createDirectories(home);
            if (!Files.exists(log)) {
                format();
            }
            refuseIfInUse();
            return clusterId();
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    "HF-S11",
                    "Cannot prepare the broker's directory %s: %s"
                            .formatted(
                                    home,
                                    WriteFault.of(e, e.toString(), home)
                                            .told("Backups are not kept there and are safe.")),
                    e);
        }
    }

    private void format() throws IOException {
        Path unfinished = home.resolve("log.formatting");
        FileSystemUtils.deleteRecursively(unfinished);
        Files.createDirectories(unfinished);
        String directory = unfinished.toString();
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerConfiguration.NODE_ID)
                    .setControllerListenerName(BrokerConfiguration.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory)
                    .setDirectories(List.of(directory))
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("formatting failed: " + e.getMessage(), e);
        }
        try (var files = Files.list(unfinished)) {
            for (Path file : files.toList()) {
                sync(file, StandardOpenOption.WRITE);
            }
        }
        sync(unfinished, StandardOpenOption.READ);
        Files.move(unfinished, log, StandardCopyOption.ATOMIC_MOVE);
        sync(home, StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /** Asks with Kafka's own lock, before ports are settled that belong to the running process. */
    private void refuseIfInUse() throws IOException {
        try (FileChannel channel =
                        FileChannel.open(log.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse(null);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(e);
        }
    }

    EmbeddedPartException inUse(@Nullable Throwable cause) {
        return new EmbeddedPartException(
                "HF-S13",
                ("Cannot start the broker: another process uses its data in %s. Nothing was changed. "
                                + "Stop that process, or give this one a directory of its own.")
                        .formatted(log),
                cause);
    }

    private String clusterId() {
        Properties meta = new Properties();
        try (var in = Files.newInputStream(log.resolve(META))) {
            meta.load(in);
        } catch (IOException e) {
            throw damaged("its " + META + " cannot be read (" + e + ")", e);
        }
        String id = meta.getProperty("cluster.id", "");
        if (id.isBlank()) {
            throw damaged("its " + META + " names no cluster", null);
        }
        return id;
    }

    EmbeddedPartException damaged(String why, @Nullable Throwable cause) {
        return new EmbeddedPartException(
                "HF-S12",
                ("Cannot use the broker's data in %s: %s. Backups are not kept there and are safe; nothing was changed. "
                                + "Move the directory aside and start again: lists, status and last runs are rebuilt "
                                + "from the vaults. Open incidents and acknowledgements are lost with it.")
                        .formatted(log, why),
                cause);
    }
}

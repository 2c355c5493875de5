package io.holdfast.standalone;

import io.holdfast.cli.terminal.Text;
import io.holdfast.console.security.TokenFile;
import io.holdfast.embedded.WriteFault;
import io.holdfast.vault.feedback.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that one {@code holdfast up} keeps, in one directory that it alone may use:
 *
 * <pre>
 * plan.yaml            the starter plan, for its operator to change
 * secrets/             the vaults' password and the embedded regions' keys, mode 600
 * token                what the command line shows to the console, mode 600
 * endpoints.json       where the running platform listens
 * vaults/              the local vaults, one per stack
 * regions/ mail/       the embedded S3 regions and the caught mail
 * broker/ streams/     Kafka's data
 * site/ services/      journals, locks and small state of the services
 * sample/ logs/
 * </pre>
 */
final class DataDirectory implements Closeable {

    /** Less than what the first start alone writes. */
    private static final long LEAST_SPACE = 4L << 20;

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes possession of the directory, and makes it if there is none.
     *
     * @throws UpProblem if another process holds it, or it cannot be written
     */
    static DataDirectory take(Path directory) throws UpProblem {
        Path root = directory.toAbsolutePath().normalize();
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(root, ownerOnly);
            Optional<WriteFault> full = WriteFault.ofSpace(root, LEAST_SPACE);
            if (full.isPresent()) {
                throw unusable(root, full.get());
            }
            Files.createDirectories(root.resolve("secrets"), ownerOnly);
            var lock = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = lock.tryLock();
            if (held == null) {
                lock.close();
                throw new UpProblem(
                        "HF-S61",
                        "Another 'holdfast up' already works on %s. Nothing was touched. Use that one (holdfast status --data %s), stop it first, or choose another directory with --data."
                                .formatted(root, Text.quoted(root.toString())));
            }
            return new DataDirectory(root, lock);
        } catch (IOException e) {
            throw unusable(root, WriteFault.of(e, Problem.reason(e), root));
        }
    }

    private static UpProblem unusable(Path root, WriteFault fault) {
        return new UpProblem(
                "HF-S62",
                "Cannot use %s as data directory: %s Another can be chosen with --data."
                        .formatted(root, fault.told("Nothing was touched.")));
    }

    /** The log, which can be written: what sets logging up would complain at length of one that cannot. */
    Path log() throws IOException {
        Path log = Files.createDirectories(of("logs")).resolve("holdfast.log");
        FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
        return log;
    }

    Path root() {
        return root;
    }

    Path of(String name) {
        return root.resolve(name);
    }

    /** What no restore goes into: the directories of such a one, but for the sample's. */
    static List<Path> ownIn(Path root) {
        return Stream.of("secrets", "vaults", "regions", "mail", "broker", "streams", "site", "services", "logs")
                .map(root::resolve)
                .toList();
    }

    /** A secret of its own name, made once and kept with mode 600. */
    Path secret(String name) throws UpProblem {
        Path file = of("secrets").resolve(name);
        try {
            TokenFile.create(file);
            return file;
        } catch (IOException e) {
            throw new UpProblem(
                    "HF-S63",
                    "Cannot write the secret %s: %s"
                            .formatted(
                                    file,
                                    WriteFault.of(e, Problem.reason(e), root).told("Nothing was started.")));
        }
    }

    /** The token that the command line shows. */
    Path token() throws UpProblem {
        try {
            TokenFile.create(of("token"));
            return of("token");
        } catch (IOException e) {
            throw new UpProblem(
                    "HF-S63",
                    "Cannot write the token %s: %s"
                            .formatted(
                                    of("token"),
                                    WriteFault.of(e, Problem.reason(e), root).told("Nothing was started.")));
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

package io.holdfast.standalone;

import io.holdfast.cli.terminal.Text;
import io.holdfast.console.security.TokenFile;
import io.holdfast.vault.feedback.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

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

    private static final String WRITABLE =
            "Make the directory writable for this user and give the disk space, then start again.";

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
            throw new UpProblem(
                    "HF-S62",
                    "Cannot use %s as data directory: %s. Nothing was touched. Make it a directory that this user may write, with space on its disk, or choose another with --data."
                            .formatted(root, Problem.reason(e)));
        }
    }

    Path root() {
        return root;
    }

    Path of(String name) {
        return root.resolve(name);
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
                    "Cannot write the secret %s: %s. Nothing was started. %s"
                            .formatted(file, Problem.reason(e), WRITABLE));
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
                    "Cannot write the token %s: %s. Nothing was started. %s"
                            .formatted(of("token"), Problem.reason(e), WRITABLE));
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

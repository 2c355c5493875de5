package io.holdfast.cli.vault;

import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.vault.VaultException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Bytes as the result of a command. */
final class BinaryOutput {

    private static final int BUFFER = 1 << 16;

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private BinaryOutput() {}

    /** Writes to standard output; a reader that has gone is told apart from a repository that cannot be read. */
    static void write(Surroundings surroundings, Writing writing) throws VaultException {
        write(new ReaderWatch(surroundings.stdout(), "standard output"), writing);
    }

    /** Writes to a file, which takes its place when it is complete; to a device or pipe at once. */
    static void write(Path target, Writing writing) throws VaultException {
        boolean atOnce = Files.exists(target) && !Files.isRegularFile(target);
        Path file = atOnce ? target : target.resolveSibling(target.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                write(new ReaderWatch(out, target.toString()), writing);
            }
            if (!atOnce) {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (VaultException e) {
            throw e;
        } catch (IOException e) {
            throw Code.TARGET_REFUSED
                    .because(
                            "Cannot write %s: it is a directory, its directory does not exist, or nothing may be written there. The repository is unharmed. Name another file."
                                    .formatted(target))
                    .causedBy(e);
        }
    }

    private static void write(ReaderWatch watch, Writing writing) throws VaultException {
        try {
            BufferedOutputStream buffered = new BufferedOutputStream(watch, BUFFER);
            writing.to(buffered);
            buffered.flush();
        } catch (VaultException e) {
            if (watch.isBroken()) {
                throw watch.broken().causedBy(e);
            }
            throw e;
        } catch (IOException e) {
            throw watch.broken().causedBy(e);
        }
    }
}

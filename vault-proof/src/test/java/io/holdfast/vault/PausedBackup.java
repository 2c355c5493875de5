package io.holdfast.vault;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** A backup in a process of its own that says when it is about to commit and waits for a word before it does. */
final class PausedBackup {

    static final String READY = "ready";

    private PausedBackup() {}

    /** @param arguments the repository and the directory */
    public static void main(String[] arguments) throws IOException {
        try (Vault vault = Vault.open(LocalBackend.at(Path.of(arguments[0])), Password.of(Restic.PASSWORD))) {
            BackupSpec spec = BackupSpec.of(Root.Tree.of(Path.of(arguments[1]))).withCommitGuard(() -> {
                System.out.println(READY);
                if (System.in.read() < 0) {
                    throw new IOException("nobody is there any more");
                }
            });
            vault.backup(spec, Progress.NONE);
        }
    }
}

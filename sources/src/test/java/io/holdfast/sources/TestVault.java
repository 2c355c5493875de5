package io.holdfast.sources;

import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.VaultFiles;
import io.holdfast.vault.BackupResult;
import io.holdfast.vault.BackupSpec;
import io.holdfast.vault.Password;
import io.holdfast.vault.Progress;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.testing.MemoryBackend;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A real vault in memory, for the whole way of a component there and back. */
public final class TestVault implements Closeable {

    private final Vault vault;
    private final String at;

    /** @param at the component's place in its snapshots */
    public TestVault(String at) throws IOException {
        this.at = at;
        try (Password password = Password.of("secret")) {
            vault = Vault.init(new MemoryBackend(), password);
        }
    }

    public BackupResult backup(Content content) throws IOException {
        return vault.backup(
                BackupSpec.of(content.roots()).withPaths(List.of(at)).withExcludes(content.excludes()), Progress.NONE);
    }

    /** Stores the content, and hands out what the snapshot holds of it. */
    public SnapshotFiles stored(Content content) throws IOException {
        return files(backup(content));
    }

    /** What the snapshot of a backup holds. */
    public SnapshotFiles files(BackupResult backup) {
        return new VaultFiles(vault, backup.snapshot().id(), at, Progress.NONE);
    }

    /** How many snapshots there are. */
    public int size() throws IOException {
        return vault.snapshots().size();
    }

    @Override
    public void close() throws IOException {
        vault.close();
    }
}

package io.holdfast.sources;

import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.VaultFiles;
import io.holdfast.sources.component.WayBack;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.feedback.Progress;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** Captures all of a component, which rests for nobody, and hands out what the snapshot holds of it. */
    public SnapshotFiles stored(ComponentSource source) throws IOException, InterruptedException {
        try (Capture capture = source.capture()) {
            capture.inspect();
            capture.settle();
            SnapshotFiles files = stored(capture.read());
            capture.validate();
            return files;
        }
    }

    /** The whole way back, of what needs no container stopped. */
    public static Restored putBack(ComponentSource source, SnapshotFiles files)
            throws IOException, InterruptedException {
        WayBack way = source.wayBack();
        way.prepare(files);
        Restored restored = way.put(files);
        way.finish(files);
        way.validate(files);
        return restored;
    }

    public static String text(SnapshotFiles files, String file) throws IOException {
        var out = new ByteArrayOutputStream();
        files.dump(file, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the snapshot of a backup holds. */
    public SnapshotFiles files(BackupResult backup) {
        return new VaultFiles(vault, backup.snapshot().id(), at, false, Progress.NONE);
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

package io.holdfast.sources.backupapi;

import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.WayBack;
import io.holdfast.vault.BackupSpec;
import io.holdfast.vault.Password;
import io.holdfast.vault.Progress;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.model.SnapshotId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A real vault in memory, into which sources are captured and from which they are put back. */
final class TestVault implements AutoCloseable {

    static final String AT = "/shop/vectors";

    private final Vault vault = Vault.init(new MemoryBackend(), Password.of("secret"));

    TestVault() throws IOException {}

    SnapshotId backup(BackupApiSource source) throws IOException, InterruptedException {
        try (Capture capture = source.capture()) {
            capture.inspect();
            SnapshotId snapshot = backup(capture.read());
            capture.validate();
            return snapshot;
        }
    }

    SnapshotId backup(Content content) throws IOException {
        return vault.backup(BackupSpec.of(content.roots()).withPaths(List.of(AT)), Progress.NONE)
                .snapshot()
                .id();
    }

    int count() {
        try {
            return vault.snapshots().size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String text(SnapshotId snapshot, String file) throws IOException {
        var out = new ByteArrayOutputStream();
        files(snapshot).dump(file, out);
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    static Restored putBack(WayBack way, SnapshotFiles files) throws IOException, InterruptedException {
        way.prepare(files);
        Restored restored = way.put(files);
        way.finish(files);
        way.validate(files);
        return restored;
    }

    SnapshotFiles files(SnapshotId snapshot) {
        return new SnapshotFiles() {
            @Override
            public List<String> children(String directory) throws IOException {
                var names = new ArrayList<String>();
                vault.contents()
                        .children(snapshot, AT, entry -> names.add(entry.path().substring(AT.length() + 1)));
                return names;
            }

            @Override
            public void dump(String file, OutputStream out) throws IOException {
                vault.contents().dump(snapshot, AT + file, out);
            }

            @Override
            public boolean isDirectory(String path) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void tar(String directory, String name, OutputStream out) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Restored restore(String path, Placement placement) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public void close() throws IOException {
        vault.close();
    }
}

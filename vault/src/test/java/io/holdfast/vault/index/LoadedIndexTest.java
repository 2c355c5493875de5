package io.holdfast.vault.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadedIndexTest {

    private final MemoryBackend memory = new MemoryBackend();
    private final FaultyBackend backend = new FaultyBackend(memory);
    private final SealedFiles files = new SealedFiles(backend, SealingKey.random(), Compression.Level.AUTO);
    private final LoadedIndex index = new LoadedIndex(backend, files);
    private final Map<Handle, BlobKey> named = new HashMap<>();

    @BeforeEach
    void twoFiles() throws IOException {
        for (byte i = 0; i < 2; i++) {
            BlobKey blob = BlobKey.data(BlobId.ofContent(new byte[] {i}));
            Pack pack = new Pack(PackId.ofContent(new byte[] {i}), List.of(new PackedBlob(blob, 0, 33, 0)));
            named.put(files.store(FileType.INDEX, IndexFile.write(List.of(pack))), blob);
        }
    }

    @Test
    void readsNoFileTwice() throws IOException {
        index.refresh();
        int before = loads();
        assertThat(index.refresh().size()).isEqualTo(2);
        assertThat(loads()).isEqualTo(before);
    }

    @Test
    void forgetsWhatAFileNamedThatHasGone() throws IOException {
        index.refresh();
        Map.Entry<Handle, BlobKey> gone = named.entrySet().iterator().next();
        memory.delete(gone.getKey());
        assertThat(index.refresh().contains(gone.getValue())).isFalse();
        assertThat(index.current().size()).isEqualTo(1);
    }

    @Test
    void forgetsAlsoWhatWasReadByARefreshThatFailed() throws IOException {
        backend.on(Trigger.of(Operation.LOAD, FileType.INDEX).fromCall(2), new Fault.Failure(Kind.UNREACHABLE));
        assertThatThrownBy(index::refresh).isInstanceOf(BackendException.class);
        backend.heal();
        for (Map.Entry<Handle, BlobKey> read : Map.copyOf(named).entrySet()) {
            if (index.current().contains(read.getValue())) {
                memory.delete(read.getKey());
                named.remove(read.getKey());
            }
        }
        assertThat(named).hasSize(1);
        index.refresh();
        assertThat(index.current().size()).isEqualTo(1);
        assertThat(index.current().contains(named.values().iterator().next())).isTrue();
    }

    private int loads() {
        return (int) backend.calls().stream()
                .filter(call -> call.operation() == Operation.LOAD)
                .count();
    }
}

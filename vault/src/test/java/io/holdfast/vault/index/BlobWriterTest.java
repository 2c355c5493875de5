package io.holdfast.vault.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BlobWriterTest {

    private final SealingKey key = SealingKey.random();
    private final MemoryBackend backend = new MemoryBackend();
    private final LoadedIndex index = new LoadedIndex(backend, new SealedFiles(backend, key, Compression.Level.AUTO));
    private final byte[] content = {1, 2, 3};
    private final BlobKey blob = BlobKey.data(BlobId.ofContent(content));

    @Test
    void refusesWhatHasBecomeAnotherBlobSinceItWasRead() throws IOException {
        index.refresh();
        try (BlobWriter writer = BlobWriter.counting(key, Compression.Level.AUTO, index)) {
            content[1]++;
            assertThatThrownBy(() -> writer.writeAnew(blob, content)).isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> writer.write(blob, content)).isInstanceOf(DamagedException.class);
            assertThat(writer.written().dataBlobs()).isZero();
            content[1]--;
            writer.writeAnew(blob, content);
            assertThat(writer.written().dataBlobs()).isOne();
        }
    }
}

package io.holdfast.vault.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackTest {

    private final SealingKey key = SealingKey.random();
    private final BlobCodec codec = new BlobCodec(key, Compression.Level.AUTO);

    @Test
    void describesItselfAndItsSize() throws DamagedException {
        PackBuilder.Finished finished = pack();
        Pack pack = finished.pack();
        assertThat(new Pack(pack.id(), PackHeader.read(key, content(finished)))).isEqualTo(pack);
        assertThat(pack.size()).isEqualTo(finished.length());
        assertThat(pack.blobs()).extracting(PackedBlob::isCompressed).containsExactly(false, true);
    }

    @Test
    void isFullOfBlobsHoweverSmallTheyAre() throws DamagedException {
        PackBuilder builder = new PackBuilder(key);
        byte[] content = {1};
        for (int i = 0; i < PackBuilder.MOST_BLOBS; i++) {
            assertThat(builder.isFull()).isFalse();
            builder.add(codec.seal(NewBlob.of(BlobType.DATA, content, 1)));
        }
        assertThat(builder.isFull()).isTrue();
        assertThat(builder.finish(codec).pack().blobs()).hasSize(PackBuilder.MOST_BLOBS);
    }

    @Test
    void refusesWhatWasChangedAfterItWasHashed() {
        for (BlobType type : BlobType.values()) {
            byte[] content = content(type);
            for (int bit = 0; bit < 8 * content.length; bit++) {
                NewBlob blob = NewBlob.of(type, content, content.length);
                content[bit / 8] ^= (byte) (1 << bit % 8);
                refuses(codec.seal(blob), "bit %d was changed".formatted(bit));
            }
        }
    }

    @Test
    void refusesWhatWasChangedAfterItWasSealed() {
        for (BlobType type : BlobType.values()) {
            byte[] content = content(type);
            NewBlob blob = NewBlob.of(type, content, content.length);
            for (int at = 0; at < codec.seal(blob).length(); at++) {
                SealedBlob sealed = codec.seal(blob);
                sealed.buffer()[at] ^= 1;
                refuses(sealed, "byte %d was changed".formatted(at));
            }
        }
    }

    private void refuses(SealedBlob sealed, String why) {
        PackBuilder builder = new PackBuilder(key);
        builder.add(sealed);
        assertThatThrownBy(() -> builder.finish(codec))
                .as(why)
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("does not read back");
    }

    @Test
    void noticesEveryFlippedByte() throws DamagedException {
        byte[] content = content(pack());
        Pack pack = pack(content);
        for (int at = 0; at < content.length; at++) {
            byte[] broken = content.clone();
            broken[at] ^= 1;
            assertThatThrownBy(() -> {
                        for (PackedBlob blob : pack.blobs()) {
                            blob.open(key, broken, (int) blob.offset());
                        }
                        assertThat(PackHeader.read(key, broken)).isEqualTo(pack.blobs());
                    })
                    .as("byte %d", at)
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void refusesEveryTruncation() throws DamagedException {
        byte[] content = content(pack());
        for (int length = 0; length < content.length; length++) {
            byte[] cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> PackHeader.read(key, cut)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void comesBackFromAnIndexFile() throws DamagedException {
        Pack pack = pack().pack();
        byte[] json = IndexFile.write(List.of(pack));
        assertThat(IndexFile.read(json)).containsExactly(pack);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .startsWith("{\"packs\":[{\"id\":\"" + pack.id() + "\",\"blobs\":[{\"id\":\"")
                .contains("\"type\":\"data\",\"offset\":0,\"length\":232},{")
                .contains(",\"uncompressed_length\":500}]}]}\n");
    }

    private static byte[] content(PackBuilder.Finished finished) {
        return Arrays.copyOf(finished.buffer(), finished.length());
    }

    private Pack pack(byte[] content) throws DamagedException {
        return new Pack(io.holdfast.vault.model.PackId.ofContent(content), PackHeader.read(key, content));
    }

    private PackBuilder.Finished pack() throws DamagedException {
        PackBuilder builder = new PackBuilder(key);
        for (BlobType type : BlobType.values()) {
            byte[] content = content(type);
            builder.add(codec.seal(NewBlob.of(type, content, content.length)));
        }
        return builder.finish(codec);
    }

    /** Data that do not compress, a tree that does. */
    private static byte[] content(BlobType type) {
        return switch (type) {
            case DATA -> {
                byte[] random = new byte[200];
                new Random(1).nextBytes(random);
                yield random;
            }
            case TREE -> "a".repeat(500).getBytes(StandardCharsets.UTF_8);
        };
    }
}

package io.holdfast.vault.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NewBlobTest {

    @Property
    void isNamedAndSummedWhateverItsLength(
            @ForAll @IntRange(max = 70_000) int length, @ForAll @IntRange(max = 9) int spare, @ForAll BlobType type) {
        byte[] buffer = new byte[length + spare];
        new Random(length).nextBytes(buffer);
        byte[] content = Arrays.copyOf(buffer, length);
        CRC32C crc = new CRC32C();
        crc.update(content);
        NewBlob blob = NewBlob.of(type, buffer, length);
        assertThat(blob.key()).isEqualTo(new BlobKey(type, BlobId.ofContent(content)));
        assertThat(blob.crc()).isEqualTo((int) crc.getValue());
    }
}

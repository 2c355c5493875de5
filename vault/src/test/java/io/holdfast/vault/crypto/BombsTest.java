package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.pack.PackedBlob;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What claims to be large is refused before room is made for it. */
class BombsTest {

    private static final long LITTLE = 16 << 20;
    private static final int HUGE = Integer.MAX_VALUE - 8;

    private final SealingKey key = SealingKey.random();

    @TempDir
    Path temp;

    @Test
    void aBlobThatClaimsMoreThanItsFrameCanHold() {
        byte[] frame = Compression.compress(new byte[2000]);
        byte[] sealed = key.seal(frame);
        PackedBlob blob = new PackedBlob(BlobKey.data(BlobId.ofContent(new byte[2000])), 0, sealed.length, HUGE);

        refusesWithLittleMemory("claims to be " + HUGE + " bytes", () -> blob.open(key, sealed, 0));
    }

    @Test
    void aBlobThatIsLargerThanAnyMayBe() {
        byte[] frame = new byte[1 << 20];

        refusesWithLittleMemory("claims to be", () -> Compression.decompress(frame, (1 << 30) + 1));
    }

    /** The emptiest frame there is: nothing but blocks that each repeat one byte 128 Ki times. */
    @Test
    void aFrameMayHoldAsMuchAsItsBlocksCan() throws DamagedException {
        int blocks = 1000;
        byte[] frame = new byte[4 + 1 + 4 + 4 * blocks];
        byte[] header = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xa0};
        System.arraycopy(header, 0, frame, 0, header.length);
        int plain = blocks * 128 * 1024;
        for (int i = 0; i < 4; i++) {
            frame[5 + i] = (byte) (plain >>> (8 * i));
        }
        for (int block = 0; block < blocks; block++) {
            int last = block == blocks - 1 ? 1 : 0;
            int blockHeader = ((128 * 1024) << 3) | (1 << 1) | last;
            for (int i = 0; i < 3; i++) {
                frame[9 + 4 * block + i] = (byte) (blockHeader >>> (8 * i));
            }
        }

        assertThat(Compression.decompress(frame, plain)).hasSize(plain);
    }

    @Test
    void anIndexThatClaimsMoreThanAnyMayHave() throws IOException {
        byte[] frame = Compression.compress(new byte[1 << 20]);
        byte[] claim = {(byte) 0xe0, 0, 0, 0, 0, 1, 0, 0, 0};
        byte[] bomb = new byte[1 + 4 + claim.length + frame.length];
        bomb[0] = 2;
        System.arraycopy(frame, 0, bomb, 1, 4);
        System.arraycopy(claim, 0, bomb, 5, claim.length);
        MemoryBackend backend = new MemoryBackend();
        SealedFiles files = new SealedFiles(backend, key, Compression.Level.AUTO);
        byte[] sealed = key.seal(bomb);

        refusesWithLittleMemory(
                "more than 268435456 bytes", () -> files.open(new Handle(FileType.INDEX, "ab".repeat(32)), sealed));
    }

    @Test
    void aKeyFileWhoseDerivationTakesMoreThanAnyShould() {
        for (String cost : new String[] {"\"N\":4194304,\"r\":8,\"p\":1", "\"N\":32768,\"r\":8,\"p\":100"}) {
            refusesWithLittleMemory("out of bounds", () -> KeyFile.open(keyFile(cost), new byte[1]));
        }
    }

    @Test
    void aKeyFileWhoseDerivationTakesMoreThanTheProcessCanSpare() throws Exception {
        List<String> child = Children.java(SmallProcess.class);
        child.add(1, "-Xmx100m");

        assertThat(Children.run(child).output())
                .startsWith("takes 128 MiB of memory to open, and this process can spare ");
    }

    /** The process of an operator with little memory. */
    static final class SmallProcess {

        private SmallProcess() {}

        public static void main(String[] arguments) {
            try {
                KeyFile.open(keyFile("\"N\":131072,\"r\":8,\"p\":1"), new byte[1]);
            } catch (DamagedException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static byte[] keyFile(String cost) {
        return "{\"created\":\"2026-01-02T03:04:05Z\",\"kdf\":\"scrypt\",%s,\"salt\":\"%s\",\"data\":\"AAAA\"}"
                .formatted(cost, Base64.getEncoder().encodeToString(new byte[64]))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPartOfAFileThatIsLongerThanTheFile() throws IOException {
        LocalBackend backend = LocalBackend.at(temp);
        Handle pack = new Handle(FileType.PACK, "ab".repeat(32));
        backend.store(Handle.CONFIG, new byte[1]);
        backend.store(pack, new byte[100]);

        long before = allocated();
        assertThatThrownBy(() -> backend.load(pack, 10, HUGE))
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.kind()).isEqualTo(BackendException.Kind.DAMAGED));
        assertThat(allocated() - before).isLessThan(LITTLE);
    }

    private static void refusesWithLittleMemory(String message, ThrowingCallable opening) {
        long before = allocated();
        assertThatThrownBy(opening).isInstanceOf(DamagedException.class).hasMessageContaining(message);
        assertThat(allocated() - before).isLessThan(LITTLE);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}

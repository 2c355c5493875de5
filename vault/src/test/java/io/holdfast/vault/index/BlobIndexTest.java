package io.holdfast.vault.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlobIndexTest {

    private static final long MIB = 1 << 20;

    @Property(tries = 60)
    void knowsWhatAMapOfListsKnows(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int packs) {
        Random random = new Random(seed);
        BlobIndex index = new BlobIndex();
        Map<PackId, Pack> packsById = new LinkedHashMap<>();
        Map<BlobKey, List<BlobIndex.Location>> copies = new HashMap<>();
        for (int i = 0; i < packs; i++) {
            Pack pack = pack(random);
            index.add(List.of(pack));
            if (packsById.putIfAbsent(pack.id(), pack) == null) {
                pack.blobs()
                        .forEach(blob -> copies.computeIfAbsent(blob.key(), _ -> new ArrayList<>())
                                .add(new BlobIndex.Location(pack.id(), blob)));
            }
        }
        copies.forEach((key, expected) -> {
            assertThat(index.copies(key)).isEqualTo(expected);
            assertThat(index.find(key)).contains(expected.getFirst());
            assertThat(index.contains(key)).isTrue();
        });
        assertThat(index.size()).isEqualTo(copies.size());
        assertThat(new HashSet<>(index.keys())).isEqualTo(copies.keySet());
        assertThat(index.packs()).containsExactlyElementsOf(packsById.values());
        packsById.forEach((id, pack) -> assertThat(index.pack(id)).isEqualTo(pack));
        BlobKey unknown = BlobKey.data(new BlobId(digest(random)));
        assertThat(index.contains(unknown)).isFalse();
        assertThat(index.copies(unknown)).isEmpty();
        assertThat(index.pack(new PackId(digest(random)))).isNull();
    }

    /**
     * Ten million blobs fit into 600 MB; here it is tried with fewer, which the collector's own regions weigh on more. In a
     * process of its own, for what other tests leave behind goes when it likes.
     */
    @Test
    void takesAtMostSixtyBytesABlob() throws Exception {
        Children.Result weighed = Children.run(Children.java(Weighing.class));

        assertThat(weighed.exit()).as(weighed.output()).isZero();
        assertThat(Double.parseDouble(weighed.output())).isBetween(50.0, 60.0);
    }

    /** Prints how many bytes of the heap an index takes for each blob. */
    static final class Weighing {

        private static final int BLOBS = 390_000;

        private Weighing() {}

        public static void main(String[] arguments) {
            Random random = new Random(7);
            BlobIndex index = new BlobIndex();
            long before = used();
            for (int i = 0; i < BLOBS / 100; i++) {
                index.add(List.of(new Pack(new PackId(digest(random)), blobs(random, 100))));
            }
            long bytes = used() - before;
            assertThat(index.size()).isEqualTo(BLOBS);
            System.out.print(bytes / (double) BLOBS);
        }

        private static long used() {
            Runtime runtime = Runtime.getRuntime();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 4; i++) {
                System.gc();
                least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
            }
            return least;
        }
    }

    /** Few different ids, so that blobs and packs come again, and the same id as data and as tree. */
    private static Pack pack(Random random) {
        PackId id = new PackId(new Digest(random.nextInt(300), 0, 0, 0));
        List<PackedBlob> blobs = new ArrayList<>();
        long offset = 0;
        for (int i = random.nextInt(6); i >= 0; i--) {
            BlobType type = random.nextBoolean() ? BlobType.DATA : BlobType.TREE;
            BlobKey key = new BlobKey(type, new BlobId(new Digest(random.nextInt(200), 0, 0, random.nextInt(2))));
            int length = 33 + random.nextInt(1000);
            blobs.add(new PackedBlob(key, offset, length, random.nextInt(3)));
            offset += length;
        }
        return new Pack(id, blobs);
    }

    private static List<PackedBlob> blobs(Random random, int count) {
        List<PackedBlob> blobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blobs.add(new PackedBlob(BlobKey.data(new BlobId(digest(random))), i * MIB, (int) MIB, 0));
        }
        return blobs;
    }

    private static Digest digest(Random random) {
        return new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}

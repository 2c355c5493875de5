package io.holdfast.benchmarks;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What an index of so many blobs, 15 in each pack, takes of the heap; as a row of Markdown.
 *
 * <pre>
 * Footprint BLOBS
 * </pre>
 */
final class Footprint {

    private static final int BLOBS_IN_PACK = 15;
    private static final int LENGTH = 1 << 20;

    private final SplittableRandom random = new SplittableRandom(1);

    private Footprint() {}

    public static void main(String[] arguments) {
        int blobs = Integer.parseInt(arguments[0]);
        long before = used();
        BlobIndex index = new Footprint().index(blobs);
        long bytes = used() - before;
        System.out.printf(
                "| index of %,d blobs | %.1f bytes a blob | %d MB |%n",
                index.size(), (double) bytes / blobs, bytes / 1_000_000);
    }

    private BlobIndex index(int blobs) {
        BlobIndex index = new BlobIndex();
        for (int left = blobs; left > 0; left -= BLOBS_IN_PACK) {
            List<PackedBlob> packed = IntStream.range(0, Math.min(left, BLOBS_IN_PACK))
                    .mapToObj(
                            i -> new PackedBlob(BlobKey.data(new BlobId(digest())), (long) i * LENGTH, LENGTH, LENGTH))
                    .toList();
            index.add(List.of(new Pack(new PackId(digest()), packed)));
        }
        return index;
    }

    private Digest digest() {
        return new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

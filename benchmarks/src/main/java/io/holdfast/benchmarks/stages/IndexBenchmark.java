package io.holdfast.benchmarks.stages;

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
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The index of a million blobs. One operation is one blob. */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class IndexBenchmark {

    private static final int PACKS = 20_000;
    private static final int BLOBS_IN_PACK = 50;
    private static final int BLOBS = PACKS * BLOBS_IN_PACK;
    private static final int LENGTH = 1000;

    private final List<Pack> packs =
            IntStream.range(0, PACKS).mapToObj(IndexBenchmark::pack).toList();
    private final BlobIndex index = new BlobIndex();
    private final SplittableRandom random = new SplittableRandom(1);

    public IndexBenchmark() {
        index.add(packs);
    }

    @Benchmark
    @OperationsPerInvocation(BLOBS)
    public BlobIndex insert() {
        BlobIndex empty = new BlobIndex();
        empty.add(packs);
        return empty;
    }

    @Benchmark
    public Object findWhatIsThere() {
        return index.find(key(random.nextInt(BLOBS)));
    }

    @Benchmark
    public boolean missWhatIsNot() {
        return index.contains(key(BLOBS + random.nextInt(BLOBS)));
    }

    private static Pack pack(int number) {
        return new Pack(
                new PackId(digest(~number)),
                IntStream.range(0, BLOBS_IN_PACK)
                        .mapToObj(i -> new PackedBlob(key(number * BLOBS_IN_PACK + i), (long) i * LENGTH, LENGTH, 0))
                        .toList());
    }

    private static BlobKey key(int number) {
        return BlobKey.data(new BlobId(digest(number)));
    }

    private static Digest digest(int number) {
        SplittableRandom bits = new SplittableRandom(number);
        return new Digest(bits.nextLong(), bits.nextLong(), bits.nextLong(), bits.nextLong());
    }
}

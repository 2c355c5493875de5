package io.holdfast.benchmarks.stages;

import io.holdfast.benchmarks.Kind;
import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.pack.NewBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What happens to every byte of a file: cut, hashed, compressed, sealed, and back. One operation is one MiB. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BlobBenchmark {

    private static final int STREAM_MEBIBYTES = 64;

    private final SealingKey key = SealingKey.random();
    private final Chunker chunker = new Chunker(Polynomial.random());
    private final byte[] stream = Blobs.of(Kind.PDF, STREAM_MEBIBYTES << 20);
    private final byte[] plain = Blobs.of(Kind.PDF, Blobs.SIZE);
    private final byte[] sealed = key.seal(plain);
    private final byte[] frame = new byte[Compression.bound(Blobs.SIZE)];

    @Benchmark
    @OperationsPerInvocation(STREAM_MEBIBYTES)
    public void chunk(Blackhole hole) throws IOException {
        chunker.start(new ByteArrayInputStream(stream));
        while (chunker.next()) {
            hole.consume(chunker.length());
        }
    }

    @Benchmark
    public BlobId hash() {
        return BlobId.ofContent(plain);
    }

    /** The hash with the checksum beside it. */
    @Benchmark
    public NewBlob name() {
        return NewBlob.of(BlobType.DATA, plain, plain.length);
    }

    @Benchmark
    public byte[] seal() {
        key.seal(plain, plain.length, sealed);
        return sealed;
    }

    @Benchmark
    public int open() throws DamagedException {
        return key.open(sealed, 0, sealed.length, plain);
    }

    @Benchmark
    public int compress(Blobs blobs) {
        return Compression.compress(blobs.content, Blobs.SIZE, frame, Compression.Level.AUTO);
    }

    @Benchmark
    public byte[] decompress(Frames frames) throws DamagedException {
        Compression.decompress(frames.frame, frames.frame.length, plain, Blobs.SIZE);
        return plain;
    }
}

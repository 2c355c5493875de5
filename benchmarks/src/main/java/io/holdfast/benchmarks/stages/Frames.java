package io.holdfast.benchmarks.stages;

import io.holdfast.vault.crypto.Compression;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Compressed blobs. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class Frames {

    byte[] frame;

    @Setup
    public void compress(Blobs blobs) {
        frame = Compression.compress(blobs.content);
    }
}

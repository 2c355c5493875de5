package io.holdfast.benchmarks.stages;

import io.holdfast.benchmarks.Kind;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Blobs of a usual size; each benchmark's score is blobs a second, so MiB a second. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class Blobs {

    static final int SIZE = 1 << 20;

    @Param
    Kind kind;

    byte[] content;

    @Setup
    public void fill() {
        content = of(kind, SIZE);
    }

    static byte[] of(Kind kind, int size) {
        byte[] content = new byte[size];
        for (int at = 0; at < size; at += Kind.BLOCK) {
            System.arraycopy(kind.block(at), 0, content, at, Kind.BLOCK);
        }
        return content;
    }
}

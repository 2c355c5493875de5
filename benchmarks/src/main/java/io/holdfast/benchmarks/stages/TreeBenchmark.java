package io.holdfast.benchmarks.stages;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.TreeJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A directory of many files. One operation is one of its nodes. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TreeBenchmark {

    private static final int NODES = 1000;

    private final List<Node> nodes =
            IntStream.range(0, NODES).mapToObj(TreeBenchmark::node).toList();
    private final byte[] json = TreeJson.write(nodes);

    @Benchmark
    @OperationsPerInvocation(NODES)
    public byte[] write() {
        return TreeJson.write(nodes);
    }

    @Benchmark
    @OperationsPerInvocation(NODES)
    public List<Node> read() throws DamagedException {
        return TreeJson.read(json);
    }

    private static Node node(int i) {
        Name name = Name.of("%05d.txt".formatted(i));
        Instant time = Instant.ofEpochSecond(1_760_000_000L + i, 123_456_789);
        return Node.file(
                name,
                Metadata.generatedFile(time, i),
                List.of(BlobId.ofContent(name.toString().getBytes(StandardCharsets.US_ASCII))));
    }
}

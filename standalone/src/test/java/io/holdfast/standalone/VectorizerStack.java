package io.holdfast.standalone;

import io.holdfast.fixtures.VectorizerServer;
import io.holdfast.standalone.Rescue.Part;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A system with a backup API. */
final class VectorizerStack implements AutoCloseable {

    static final String NAME = "vectorizer";

    private static final String BINARY = "/usr/local/bin/vectorizer";

    private final ExampleHost host;
    private final VectorizerServer server = new VectorizerServer(null);

    VectorizerStack(ExampleStage stage) throws IOException {
        host = stage.host(NAME);
        server.collections.put("docs", List.of("a", "b", "c"));
        server.collections.put("papers", List.of("d"));
        host.write(BINARY, "the old binary");
    }

    Map<String, URI> servers() {
        return Map.of("http://127.0.0.1:15002", server.url());
    }

    void isBroughtBackBy(Rescue rescue) throws Exception {
        rescue.of("collections", new Part(this::collections, this::addCollection, server.collections::clear))
                .of("binary", host.configuration(BINARY))
                .succeeds(null);
    }

    private SortedMap<String, String> collections() {
        var contents = new TreeMap<String, String>();
        server.collections.forEach((name, vectors) -> contents.put(name, String.join(" ", vectors)));
        return contents;
    }

    private void addCollection(int number) {
        server.collections.put("live-" + number, List.of("x", "y"));
    }

    @Override
    public void close() {
        server.close();
    }
}

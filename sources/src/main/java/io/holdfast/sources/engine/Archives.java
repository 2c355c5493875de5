package io.holdfast.sources.engine;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.holdfast.sources.engine.EngineException.Reason;
import io.holdfast.sources.stream.ExplainedInput;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Files in and out of containers, running or not, as tar. */
final class Archives {

    private static final int BUFFER = 64 * 1024;

    /**
     * How compressed streams begin that an engine unpacks by itself, with programs of the container or its own. A tar may
     * begin so too, if its first name does.
     */
    private static final List<byte[]> COMPRESSED = List.of(
            new byte[] {'B', 'Z', 'h'},
            new byte[] {0x1f, (byte) 0x8b, 0x08},
            new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
            new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});

    private final EngineCalls calls;

    Archives(EngineCalls calls) {
        this.calls = calls;
    }

    boolean exists(ContainerId container, String path) throws EngineException {
        String what = "look at %s in container %s".formatted(path, container);
        int status = calls.call(what, Reason.NO_SUCH_PATH, _ -> {
            try (Response response = calls.http().execute(request("HEAD", container, path))) {
                return response.getStatusCode();
            }
        });
        if (status == 404) {
            calls.call(
                    what,
                    Reason.NO_SUCH_CONTAINER,
                    client -> client.inspectContainerCmd(container.hex()).exec());
            return false;
        }
        if (status != 200) {
            throw calls.failures().answered(what, Reason.NO_SUCH_PATH, status, "");
        }
        return true;
    }

    InputStream read(ContainerId container, String path) throws EngineException {
        String what = "read %s of container %s".formatted(path, container);
        Response response = calls.call(
                what, Reason.NO_SUCH_PATH, _ -> checked(what, calls.http().execute(request("GET", container, path))));
        InputStream body = new BufferedInputStream(new Body(what, response), BUFFER);
        return new WholeTar(body, how -> calls.failures().cut(what, how));
    }

    void write(ContainerId container, String path, InputStream tar) throws IOException {
        String what = "write to %s of container %s".formatted(path, container);
        var begun = new BufferedInputStream(tar, BUFFER);
        refuseCompressed(what, begun);
        // What fails in what is sent would otherwise look like a failure of the engine.
        var failure = new AtomicReference<@Nullable IOException>();
        var source = new ExplainedInput(
                new WholeTar(
                        begun,
                        how -> new EngineException(
                                Reason.LOST, "Cannot %s: %s. What came before is written.".formatted(what, how))),
                e -> {
                    failure.set(e);
                    return e;
                });
        try {
            Request request = builder("PUT", container, path, "&noOverwriteDirNonDir=true")
                    .putHeader("Content-Type", "application/x-tar")
                    .body(source)
                    .build();
            checked(what, calls.http().execute(request)).close();
        } catch (IOException | RuntimeException e) {
            IOException ours = failure.get();
            if (ours != null) {
                throw ours;
            }
            throw Thread.currentThread().isInterrupted()
                    ? Failures.interrupted(what)
                    : calls.failures().of(what, Reason.NO_SUCH_PATH, e);
        }
    }

    private static void refuseCompressed(String what, BufferedInputStream tar) throws IOException {
        tar.mark(BUFFER);
        byte[] start = tar.readNBytes(6);
        tar.reset();
        for (byte[] magic : COMPRESSED) {
            if (start.length >= magic.length && Arrays.equals(start, 0, magic.length, magic, 0, magic.length)) {
                throw new EngineException(
                        Reason.BAD_NAME,
                        "Refused to %s: the stream begins as a compressed one does, which an engine unpacks with "
                                        .formatted(what)
                                + "programs of the container. Nothing was written.");
            }
        }
    }

    private Response checked(String what, Response response) throws IOException {
        int status = response.getStatusCode();
        if (status == 200) {
            return response;
        }
        try (response) {
            throw calls.failures().answered(what, Reason.NO_SUCH_PATH, status, Failures.body(response.getBody()));
        }
    }

    private static Request request(String method, ContainerId container, String path) {
        return builder(method, container, path, "").build();
    }

    private static Request.Builder builder(String method, ContainerId container, String path, String more) {
        return Request.builder()
                .method(method)
                .path("/containers/%s/archive?path=%s%s"
                        .formatted(container, URLEncoder.encode(path, StandardCharsets.UTF_8), more))
                // The HTTP client offers gzip, and an engine takes several times longer to compress a tar than to read
                // it.
                .putHeader("Accept-Encoding", "identity");
    }

    /** The body of an answer; closing it gives the connection up. */
    private final class Body extends FilterInputStream {

        private final String what;
        private final Response response;

        Body(String what, Response response) {
            super(response.getBody());
            this.what = what;
            this.response = response;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw Thread.currentThread().isInterrupted()
                        ? Failures.interrupted(what)
                        : calls.failures().lost(what, String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void close() {
            response.close();
        }
    }
}

package io.holdfast.sources.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.holdfast.sources.engine.EngineException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls that are answered at once, each within a limit of time; the connection is made by the first of them. */
final class EngineCalls implements Closeable {

    /** An engine under load takes its time; one that takes more than this hangs. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration CONNECT = Duration.ofSeconds(10);

    interface Call<T> {
        T on(DockerClient client) throws IOException;
    }

    private final EngineAddress address;
    private final Failures failures;
    private @Nullable DockerHttpClient http;
    private @Nullable DockerClient client;

    EngineCalls(EngineAddress address) {
        this.address = address;
        failures = new Failures(address);
    }

    EngineAddress address() {
        return address;
    }

    Failures failures() {
        return failures;
    }

    <T> T call(String what, Reason missing, Call<T> call) throws EngineException {
        return call(what, missing, PATIENCE, call);
    }

    <T> T call(String what, Reason missing, Duration limit, Call<T> call) throws EngineException {
        var answer = new FutureTask<T>(() -> call.on(client()));
        Thread.ofVirtual().name("docker").start(answer);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failures.of(what, missing, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException _) {
            throw failures.silent(what, limit.toSeconds() + " seconds");
        } catch (InterruptedException _) {
            throw Failures.interrupted(what);
        } finally {
            answer.cancel(true);
        }
    }

    interface Lookup<T> {
        T find() throws EngineException;
    }

    /** Empty if that is what is missing. */
    static <T> Optional<T> ifThere(Reason missing, Lookup<T> lookup) throws EngineException {
        try {
            return Optional.of(lookup.find());
        } catch (EngineException e) {
            if (e.reason() == missing) {
                return Optional.empty();
            }
            throw e;
        }
    }

    synchronized DockerHttpClient http() throws EngineException {
        if (http == null) {
            address.requireUsable();
            http = new ZerodepDockerHttpClient.Builder()
                    .dockerHost(address.uri())
                    .sslConfig(address.getSSLConfig())
                    .connectionTimeout(CONNECT)
                    .build();
        }
        return http;
    }

    private synchronized DockerClient client() throws EngineException {
        if (client == null) {
            client = DockerClientImpl.getInstance(address, http());
        }
        return client;
    }

    @Override
    public synchronized void close() throws IOException {
        if (http != null) {
            http.close();
            http = null;
            client = null;
        }
    }
}

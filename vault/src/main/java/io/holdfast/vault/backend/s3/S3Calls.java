package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Bandwidth;
import io.holdfast.vault.backend.Problem;
import io.minio.MinioAsyncClient;
import io.minio.errors.MinioException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Requests to one object store, each answered or refused within a bounded time, and never repeated here. */
final class S3Calls implements AutoCloseable {

    private static final int CONCURRENT = 64;

    private final MinioAsyncClient client;

    /**
     * How long a store may take before it counts as unreachable.
     *
     * @param connect for a connection to stand
     * @param silence between one byte and the next, in either direction
     */
    record Patience(Duration connect, Duration silence) {

        static final Patience DEFAULT = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    S3Calls(S3Location location, S3Credentials credentials, Bandwidth bandwidth, Patience patience) {
        MinioAsyncClient.Builder builder = MinioAsyncClient.builder()
                .endpoint(location.endpoint().toString())
                .credentials(credentials.accessKey(), credentials.secretKey())
                .httpClient(http(bandwidth, patience), true);
        String region = signingRegion(location);
        if (!region.isEmpty()) {
            builder.region(region);
        }
        this.client = builder.build();
    }

    /** One request of the S3 interface. */
    interface Call<T> {
        CompletableFuture<T> on(MinioAsyncClient client) throws MinioException;
    }

    /** Waits for the answer; what the store refused comes as the cause it gave. */
    <T> T await(Problem problem, Call<T> call) throws BackendException, Refused {
        try {
            return call.on(client).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw S3Failures.withoutAnswer(problem, e);
        } catch (ExecutionException e) {
            throw new Refused(root(e));
        } catch (MinioException e) {
            throw new Refused(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static OkHttpClient http(Bandwidth bandwidth, Patience patience) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(CONCURRENT);
        dispatcher.setMaxRequestsPerHost(CONCURRENT);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(patience.connect())
                .readTimeout(patience.silence())
                .writeTimeout(patience.silence())
                .addNetworkInterceptor(new Throttle(bandwidth))
                .build();
    }

    /** Only AWS is asked for a bucket's region; elsewhere the name means nothing, but must be one. */
    private static String signingRegion(S3Location location) {
        if (location.region() != null) {
            return location.region();
        }
        return location.endpoint().getHost().endsWith(".amazonaws.com") ? "" : "us-east-1";
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e.getCause();
        boolean wrapper = e instanceof ExecutionException || e instanceof CompletionException;
        return wrapper && cause != null ? root(cause) : e;
    }

    /** The store answered, but not with what was asked for, or did not answer at all. */
    static final class Refused extends Exception {

        private final transient Throwable reason;

        Refused(Throwable reason) {
            super(reason);
            this.reason = reason;
        }

        Throwable reason() {
            return reason;
        }

        boolean says(String code) {
            return S3Failures.code(reason).equals(code);
        }
    }
}

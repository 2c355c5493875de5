package io.holdfast.sources.backupapi;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Connections to the system, and to where it sends a download on to, which may be nowhere private. Addresses are looked at
 * before they are spoken to. Who is interrupted gives up at once.
 */
final class Connections implements Closeable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration TRANSFER = Duration.ofHours(24);

    private final OkHttpClient own;
    private final OkHttpClient elsewhere;

    /** @param limit the longest that making a connection and silence may last, if that is shorter than usual */
    Connections(Duration limit) {
        own = client(Addresses::isForbidden, limit);
        elsewhere = client(address -> Addresses.isForbidden(address) || Addresses.isPrivate(address), limit);
    }

    private static OkHttpClient client(Predicate<InetAddress> refused, Duration limit) {
        Duration silence = Deadline.shorter(SILENCE, limit);
        return new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(refused))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(Deadline.shorter(CONNECT, limit))
                .readTimeout(silence)
                .writeTimeout(silence)
                .callTimeout(TRANSFER)
                .build();
    }

    /** The system's answer, read within a time, all of which it may be silent. */
    Response answer(Request request, Duration within) throws IOException, InterruptedException {
        Duration limit = within.isPositive() ? within : Duration.ofMillis(1);
        return answer(own.newBuilder().callTimeout(limit).readTimeout(limit).build(), request);
    }

    /**
     * A download, which may take a day, and be silent for a minute.
     *
     * @param isOwn whether the system itself sends it
     */
    Response download(Request request, boolean isOwn) throws IOException, InterruptedException {
        return answer(isOwn ? own : elsewhere, request);
    }

    private static Response answer(OkHttpClient client, Request request) throws IOException, InterruptedException {
        Call call = client.newCall(request);
        var answer = new CompletableFuture<Response>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                if (!answer.complete(response)) {
                    response.close();
                }
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            call.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        for (OkHttpClient client : List.of(own, elsewhere)) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}

package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.Bandwidth;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Sink;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Lets the content of requests and answers pass no faster than the bandwidth allows, piece by piece. */
record Throttle(Bandwidth bandwidth) implements Interceptor {

    /** In bytes; small enough that a slow line flows evenly. */
    private static final int PIECE = 8 * 1024;

    @Override
    public Response intercept(Chain chain) throws IOException {
        var request = chain.request();
        RequestBody body = request.body();
        Response answer = chain.proceed(
                body == null
                        ? request
                        : request.newBuilder()
                                .method(request.method(), upload(body))
                                .build());
        return answer.newBuilder().body(download(answer.body())).build();
    }

    private RequestBody upload(RequestBody body) {
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return body.contentType();
            }

            @Override
            public long contentLength() throws IOException {
                return body.contentLength();
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                BufferedSink slow = Okio.buffer(upload(sink));
                body.writeTo(slow);
                slow.flush();
            }
        };
    }

    private Sink upload(Sink sink) {
        return new ForwardingSink(sink) {
            @Override
            public void write(Buffer source, long byteCount) throws IOException {
                for (long left = byteCount; left > 0; ) {
                    int piece = (int) Math.min(left, PIECE);
                    bandwidth.upload(piece);
                    super.write(source, piece);
                    left -= piece;
                }
            }
        };
    }

    private ResponseBody download(ResponseBody body) {
        return ResponseBody.create(Okio.buffer(download(body.source())), body.contentType(), body.contentLength());
    }

    private Source download(Source source) {
        return new ForwardingSource(source) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, Math.min(byteCount, PIECE));
                bandwidth.download((int) Math.max(0, read));
                return read;
            }
        };
    }
}

package io.holdfast.vault.backend;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How fast content may go to a place and come from it, together for every thread and every backend that was given this.
 * The rates can be changed while transfers run. Requests without content are not counted.
 */
public final class Bandwidth {

    /** The least rate, in bytes per second: below it a store hangs up before the next bytes arrive. */
    public static final long LEAST = 8 * 1024;

    /** A rate without limit. */
    public static final long UNLIMITED = 0;

    private static final int ENDLESS = Integer.MAX_VALUE / 4;
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration ANY_WAIT = Duration.ofDays(1);

    private final Duration period;
    private final RateLimiter upload;
    private final RateLimiter download;

    Bandwidth(long upload, long download, Duration period) {
        this.period = period;
        this.upload = limiter("upload", upload);
        this.download = limiter("download", download);
    }

    /**
     * The rates in bytes per second, each at least {@link #LEAST}, or {@link #UNLIMITED}.
     *
     * @throws IllegalArgumentException when one is less
     */
    public static Bandwidth of(long upload, long download) {
        return new Bandwidth(upload, download, PERIOD);
    }

    public static Bandwidth unlimited() {
        return of(UNLIMITED, UNLIMITED);
    }

    /** Sets other rates, as for {@link #of}: for hours in which the line is needed elsewhere. */
    public void change(long newUpload, long newDownload) {
        int up = permits("upload", newUpload);
        int down = permits("download", newDownload);
        upload.changeLimitForPeriod(up);
        download.changeLimitForPeriod(down);
    }

    /** Waits until this many bytes may be sent. */
    public void upload(int bytes) throws InterruptedIOException {
        pass(upload, bytes);
    }

    /** Waits until it is time to have received this many bytes. */
    public void download(int bytes) throws InterruptedIOException {
        pass(download, bytes);
    }

    /** Bytes that may be sent at once; negative while some that were sent must be waited for. */
    int uploadable() {
        return upload.getMetrics().getAvailablePermissions();
    }

    int downloadable() {
        return download.getMetrics().getAvailablePermissions();
    }

    private static void pass(RateLimiter limiter, int bytes) throws InterruptedIOException {
        if (bytes > 0 && !limiter.acquirePermission(bytes)) {
            throw new InterruptedIOException("interrupted while waiting for bandwidth");
        }
    }

    private RateLimiter limiter(String name, long rate) {
        return RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitRefreshPeriod(period)
                        .limitForPeriod(permits(name, rate))
                        .timeoutDuration(ANY_WAIT)
                        .build());
    }

    private int permits(String name, long rate) {
        if (rate == UNLIMITED) {
            return ENDLESS;
        }
        if (rate < LEAST) {
            throw new IllegalArgumentException(
                    "%s must be at least %d bytes per second, was %d".formatted(name, LEAST, rate));
        }
        double permits = rate * (period.toMillis() / 1000.0);
        return (int) Math.min(ENDLESS, permits);
    }
}

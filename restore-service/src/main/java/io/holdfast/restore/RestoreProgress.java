package io.holdfast.restore;

import io.holdfast.events.ComponentId;
import io.holdfast.events.ProgressEvent.RestoreProgressed;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.vault.feedback.Progress;
import java.time.Duration;

/** Tells now and then how far one component is. A restore goes on without its broker. */
final class RestoreProgress implements Progress {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Announcer announcer;
    private final RestoreRequested request;
    private final ComponentId component;
    private long files;
    private long bytes;
    private long told = System.nanoTime();

    RestoreProgress(Announcer announcer, RestoreRequested request, ComponentId component) {
        this.announcer = announcer;
        this.request = request;
        this.component = component;
    }

    @Override
    public void advanced(long files, long bytes) {
        this.files += files;
        this.bytes += bytes;
        if (System.nanoTime() - told > EVERY.toNanos()) {
            told = System.nanoTime();
            tell();
        }
    }

    private void tell() {
        try {
            announcer.announce(
                    new RestoreProgressed(request.restore(), request.stack(), component.component(), files, bytes),
                    request.restore().value());
        } catch (BrokerUnavailable e) {
            told += Duration.ofMinutes(1).toNanos();
        }
    }
}

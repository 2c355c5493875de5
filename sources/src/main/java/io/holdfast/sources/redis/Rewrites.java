package io.holdfast.sources.redis;

import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server from rewriting its append-only file while that is read. What {@code auto-aof-rewrite-percentage} was
 * before can be told from what it is meanwhile, so that a capture that was killed loses nothing: the next one sets it back.
 */
final class Rewrites {

    private static final String PERCENTAGE = "auto-aof-rewrite-percentage";

    /** Growth that no file has: as good as never. */
    private static final long HELD = 1_000_000_000;

    private final RedisServer server;
    private final long percentage;
    private boolean held;

    private Rewrites(RedisServer server, long percentage, boolean held) {
        this.server = server;
        this.percentage = percentage;
        this.held = held;
    }

    /**
     * Waits for one that is running. Where {@code CONFIG} is not permitted, nothing is held; nor where the server never
     * rewrites by itself, which any other percentage would let it do.
     */
    static Rewrites hold(RedisServer server) throws IOException, InterruptedException {
        Optional<Map<String, String>> config = server.config(PERCENTAGE);
        if (config.isEmpty() || !config.get().containsKey(PERCENTAGE)) {
            return none(server);
        }
        long now = Long.parseLong(config.get().get(PERCENTAGE));
        if (now == 0) {
            server.waitUntilItRests(server.cli().source().limit());
            return none(server);
        }
        var rewrites = new Rewrites(server, now >= HELD ? now - HELD : now, true);
        if (!rewrites.set(HELD + rewrites.percentage)) {
            return none(server);
        }
        try {
            server.waitUntilItRests(server.cli().source().limit());
            return rewrites;
        } catch (IOException | InterruptedException | RuntimeException e) {
            try {
                rewrites.release();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    static Rewrites none(RedisServer server) {
        return new Rewrites(server, 0, false);
    }

    /** Does nothing the second time. A server that was started anew, or will be, has its own value by itself. */
    void release() throws IOException {
        if (!held) {
            return;
        }
        try {
            if (!server.cli().isOff() && !set(percentage)) {
                throw stillHeld(null);
            }
        } catch (SourceException e) {
            throw e.code().equals("HF-Q30") ? stillHeld(e) : e;
        }
        held = false;
    }

    private SourceException stillHeld(@Nullable Exception cause) {
        return new SourceException(
                "HF-Q35",
                "%s rewrites its append-only file no more by itself, since %s could not be set back. %s Run CONFIG SET %s %d, or let it be backed up again."
                        .formatted(
                                server.cli().title(), PERCENTAGE, server.cli().safe(), PERCENTAGE, percentage),
                cause);
    }

    private boolean set(long value) throws IOException {
        return server.cli().ask("CONFIG", "SET", PERCENTAGE, "" + value).equals("OK");
    }
}

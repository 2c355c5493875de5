package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.events.EventJson;
import io.holdfast.events.Identifiers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What was asked under which Idempotency-Key, for a day and at most {@value #MOST} of them. The token derived from key
 * and caller is part of the ids made under it, so that the views find them again after a restart.
 */
final class Idempotency {

    static final int MOST = 10_000;

    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Clock clock;
    private final Map<String, Kept> entries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    Idempotency(Clock clock) {
        this.clock = clock;
    }

    /**
     * Something to do once.
     *
     * @param id what the caller is told
     * @param publish tells the others; repeated until it came through once
     */
    record Deed(String id, Runnable publish) {}

    private static final class Kept {
        private final String fingerprint;
        private final Instant at;
        private @Nullable Deed deed;
        private boolean published;

        private Kept(String fingerprint, Instant at) {
            this.fingerprint = fingerprint;
            this.at = at;
        }

        private synchronized String publish(Supplier<Deed> first) {
            Deed chosen = deed == null ? first.get() : deed;
            deed = chosen;
            if (!published) {
                chosen.publish().run();
                published = true;
            }
            return chosen.id();
        }

        private synchronized boolean isChosen() {
            return deed != null;
        }
    }

    /** The same for the same key, caller and kind of act. */
    static String token(String act, Caller caller, String key) {
        if (!KEY.matcher(key).matches()) {
            throw new ConsoleProblem(
                    HttpStatus.BAD_REQUEST,
                    Code.UNREADABLE_REQUEST,
                    "The Idempotency-Key must be 1 to 255 visible ASCII characters. Nothing was changed.");
        }
        return Identifiers.derived("idempotency", act, caller.name(), key);
    }

    /** Does the deed under this token for the first request, and answers every repetition as the first. */
    String once(String token, Record body, Supplier<Deed> first) {
        Kept entry = entry(token, Identifiers.derived(new String(EventJson.write(body), StandardCharsets.UTF_8)));
        try {
            return entry.publish(first);
        } finally {
            if (!entry.isChosen()) {
                forget(token, entry);
            }
        }
    }

    private synchronized Kept entry(String token, String fingerprint) {
        Instant now = clock.instant();
        entries.values().removeIf(old -> old.at.plus(REMEMBERED).isBefore(now));
        Kept entry = entries.computeIfAbsent(token, _ -> new Kept(fingerprint, now));
        if (!entry.fingerprint.equals(fingerprint)) {
            throw usedOtherwise();
        }
        return entry;
    }

    private synchronized void forget(String token, Kept entry) {
        entries.remove(token, entry);
    }

    static ConsoleProblem usedOtherwise() {
        return new ConsoleProblem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                Code.KEY_USED,
                "This Idempotency-Key came with another request before. Nothing was changed; what was asked then goes"
                        + " on. Use a new key for a new request.");
    }
}

package io.holdfast.sources.backupapi;

import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told.
 *
 * @param url of the system
 * @param safe what nothing happened to
 * @param secret which no text may hold; empty: none
 */
record Failures(String url, String safe, String secret) {

    private static final int QUOTED = 200;

    SourceException of(String code, String what, String why, String remedy) {
        return of(code, what, why, remedy, null);
    }

    SourceException of(String code, String what, String why, String remedy, @Nullable Throwable cause) {
        String text = "Cannot %s of %s: %s. %s %s".formatted(quoted(what), url, quoted(why), safe, remedy);
        return new SourceException(code, text, cause);
    }

    /** An answer that is none of those that the API is said to give. */
    SourceException unexpected(String what, String why) {
        return of(
                "HF-Q62", what, why, "Compare the API of the plan with what the system answers, and look at its log.");
    }

    SourceException tooLate(String what, String why) {
        return of("HF-Q65", what, why, "Look at the system's load and log, or give it longer with limit.");
    }

    /** No answer at all, or none to the end. */
    SourceException withoutAnswer(String what, IOException e) {
        Optional<GuardedSockets.AddressRefused> refused = find(GuardedSockets.AddressRefused.class, e);
        if (refused.isPresent()) {
            return forbidden(what, String.valueOf(refused.get().getMessage()));
        }
        String why = String.valueOf(e.getMessage());
        return e instanceof InterruptedIOException
                        && !why.toLowerCase(Locale.ROOT).contains("connect")
                ? tooLate(what, "no answer came in time (%s)".formatted(why))
                : of(
                        "HF-Q60",
                        what,
                        "the connection failed (%s)".formatted(why),
                        "Start the system, or correct the URL in the plan.",
                        e);
    }

    SourceException forbidden(String what, String why) {
        return of(
                "HF-Q63",
                what,
                why,
                "Nothing was sent there. If the host is right, name its own address in the plan, or allow it with redirects.");
    }

    /** Short, printable, and without the token, should an answer repeat it. */
    String quoted(String text) {
        String known = secret.isEmpty() ? text : text.replace(secret, "***");
        String printable = known.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return printable.length() > QUOTED ? printable.substring(0, QUOTED) + "…" : printable;
    }

    private static <T extends Throwable> Optional<T> find(Class<T> type, @Nullable Throwable e) {
        if (e == null) {
            return Optional.empty();
        }
        return type.isInstance(e)
                ? Optional.of(type.cast(e))
                : Stream.concat(Stream.ofNullable(e.getCause()), Arrays.stream(e.getSuppressed()))
                        .flatMap(next -> find(type, next).stream())
                        .findFirst();
    }
}

package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.events.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Values that callers give. */
final class Checks {

    static final String LATEST = "latest";

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern SNAPSHOT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TEXT = Pattern.compile("\\P{Cntrl}{1,500}");

    private Checks() {}

    static ConsoleProblem invalid(String text) {
        return new ConsoleProblem(HttpStatus.UNPROCESSABLE_CONTENT, Code.INVALID_VALUE, text + " Nothing was changed.");
    }

    static @Nullable String name(@Nullable String name) {
        if (name == null) {
            return null;
        }
        if (!NAME.matcher(name).matches() || name.equals(LATEST) || isSnapshot(name)) {
            throw invalid(
                    "The name '%s' cannot be used: a name is 1 to 128 letters, digits, dots, dashes or underscores, and neither 'latest' nor a snapshot's id. If it still holds a '$(...)', the shell did not fill it in: use double quotes."
                            .formatted(name));
        }
        return name;
    }

    /**
     * A value that may be left out. One that is given and empty was meant to be something: a script's variable that is not
     * set must not make a restore into another directory one in place.
     */
    static @Nullable String filled(String field, @Nullable String value) {
        if (value != null && value.isBlank()) {
            throw invalid("The field '%s' is empty. Give it a value, or leave it out.".formatted(field));
        }
        return value;
    }

    static List<String> collections(@Nullable List<@Nullable String> collections) {
        List<String> named = new ArrayList<>();
        for (String collection : collections == null ? List.<@Nullable String>of() : collections) {
            if (collection == null || collection.isBlank()) {
                throw invalid("The field 'collections' holds an empty name.");
            }
            named.add(collection);
        }
        return named;
    }

    /**
     * An instant in the past. A number is none: nobody sees what day a wrong one means. One that is to come would stand
     * for the newest, which has a name of its own, and is more likely a slip.
     */
    static Instant past(String field, String text, Instant now) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            throw invalid(
                    "The field '%s' is '%s', which is no instant; write it as 2026-11-21T14:00:00Z or 2026-11-21T15:00:00+01:00."
                            .formatted(field, text));
        }
        if (instant.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw invalid("The field '%s' is '%s', which is still to come: it is %s. The newest state is 'latest'."
                    .formatted(field, text, now.truncatedTo(ChronoUnit.SECONDS)));
        }
        return instant;
    }

    private static boolean isSnapshot(String text) {
        return SNAPSHOT.matcher(text).matches();
    }

    static BackupKind kind(@Nullable String kind) {
        return switch (kind == null ? "incremental" : kind.toLowerCase(Locale.ROOT)) {
            case "incremental" -> BackupKind.INCREMENTAL;
            case "full" -> BackupKind.FULL;
            default -> throw invalid("The kind '%s' is not known; it is 'incremental' or 'full'.".formatted(kind));
        };
    }

    /** A short text of a person, which may end up in mails and logs. */
    static @Nullable String text(String what, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!TEXT.matcher(text).matches()) {
            throw invalid("The %s must be one line of at most 500 characters.".formatted(what));
        }
        return text.strip();
    }

    static String line(String field, String value) {
        if (!TEXT.matcher(value).matches()) {
            throw invalid("The field '%s' must be one line of at most 500 characters.".formatted(field));
        }
        return value;
    }

    static int limit(int limit) {
        if (limit < 1 || limit > 1000) {
            throw invalid("The limit %d is not between 1 and 1000.".formatted(limit));
        }
        return limit;
    }
}

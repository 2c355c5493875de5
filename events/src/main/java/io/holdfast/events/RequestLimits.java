package io.holdfast.events;

import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.Request.RestoreRequested;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a request may say in one field: whoever answers says it again, together with more, and the answer has to fit
 * into an event as well. Judged where a request comes in, so that what was taken in earlier can still be worked off.
 */
final class RequestLimits {

    private static final int MOST_TEXT = 1024;

    /** As long as Linux takes a path. */
    private static final int MOST_PATH = 4096;

    private static final int MOST_NAMES = 1000;

    private RequestLimits() {}

    static void require(Request request) {
        switch (request) {
            case RecoveryPointRequested point -> {
                names("components", point.components());
                text("name", point.name());
                text("requestedBy", point.requestedBy());
            }
            case BackupRequested backup -> {
                text("name", backup.name());
                names("together", backup.together());
            }
            case ManifestRequested manifest -> {
                text("name", manifest.name());
                names("missing", manifest.missing());
            }
            case RestoreRequested restore -> {
                names("components", restore.components());
                text("which", restore.which());
                path("targetDirectory", restore.targetDirectory());
                text("targetVolume", restore.targetVolume());
                text("fromRegion", restore.fromRegion());
                text("requestedBy", restore.requestedBy());
                text("reason", restore.reason());
            }
        }
    }

    private static void text(String field, @Nullable String text) {
        require(field, "characters", text == null ? 0 : text.length(), MOST_TEXT);
    }

    private static void path(String field, @Nullable String path) {
        require(field, "characters", path == null ? 0 : path.length(), MOST_PATH);
    }

    private static void names(String field, @Nullable List<String> names) {
        require(field, "names", names == null ? 0 : names.size(), MOST_NAMES);
    }

    private static void require(String field, String unit, int length, int most) {
        if (length > most) {
            throw new IllegalArgumentException(
                    "the field '%s' has %d %s; it may have %d".formatted(field, length, unit, most));
        }
    }
}

package io.holdfast.events;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far what a snapshot holds belongs together; the strongest first. */
public enum Consistency {
    /** One state that the application itself handed out, such as a dump. */
    APPLICATION_CONSISTENT,
    /** Whoever writes rested meanwhile, paused or stopped, and nothing changed: all of one moment. */
    AT_REST,
    /** As after a power cut: it was written to while it was read, or could have been without that showing. */
    CRASH_CONSISTENT;

    /** As tags and people write it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Consistency> ofWire(String text) {
        for (Consistency each : values()) {
            if (each.wire().equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** What can be said of all together: crash-consistent if one is; empty if it is not known of one, or there is none. */
    public static Optional<Consistency> ofAll(Collection<? extends @Nullable Consistency> parts) {
        if (parts.contains(CRASH_CONSISTENT)) {
            return Optional.of(CRASH_CONSISTENT);
        }
        Consistency weakest = null;
        for (Consistency part : parts) {
            if (part == null) {
                return Optional.empty();
            }
            weakest = weakest == null || part.compareTo(weakest) > 0 ? part : weakest;
        }
        return Optional.ofNullable(weakest);
    }
}

package io.holdfast.sources.emergency;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an emergency capture came to.
 *
 * @param vault where it lies
 */
public record EmergencyReport(Instant at, String vault, List<Saved> components) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    public EmergencyReport {
        components = List.copyOf(components);
    }

    /**
     * One component.
     *
     * @param component {@code stack/component}
     * @param snapshot null if nothing of it could be stored
     * @param notRead what of it could not be read, and why
     * @param changed what was written to or removed meanwhile
     */
    public record Saved(
            String component,
            @Nullable String snapshot,
            long files,
            long bytes,
            List<String> notRead,
            List<String> changed) {

        public Saved {
            notRead = List.copyOf(notRead);
            changed = List.copyOf(changed);
        }
    }

    /** Whether everything could be read. */
    public boolean isComplete() {
        return components.stream().allMatch(saved -> saved.notRead().isEmpty());
    }

    /** Whether anything was stored. */
    public boolean isAnythingStored() {
        return components.stream().anyMatch(saved -> saved.snapshot() != null);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Emergency capture at %s into %s".formatted(at, vault));
        lines.add(
                "Everything was taken as it was, without bringing anything to rest: data of running servers may not fit together.");
        for (Saved saved : components) {
            lines.add("");
            lines.add(
                    saved.snapshot() == null
                            ? "%s: NOTHING was stored".formatted(saved.component())
                            : "%s: snapshot %.8s, %d files, %d bytes%s"
                                    .formatted(
                                            saved.component(),
                                            saved.snapshot(),
                                            saved.files(),
                                            saved.bytes(),
                                            saved.notRead().isEmpty() ? "" : ", INCOMPLETE"));
            saved.notRead().forEach(each -> lines.add("  not read: " + printable(each)));
            saved.changed().forEach(each -> lines.add("  not at rest: " + printable(each)));
        }
        return lines;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    byte[] text() {
        return (String.join(System.lineSeparator(), lines()) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    byte[] json() {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }
}

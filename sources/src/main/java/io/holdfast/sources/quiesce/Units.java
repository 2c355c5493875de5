package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Resting.OfUnit;
import io.holdfast.sources.quiesce.Resting.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Units of systemd, through {@code systemctl}. */
final class Units implements Keeper<OfUnit> {

    /** systemd gives a unit 90 seconds by default before it kills it. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Programs programs;

    Units(Programs programs) {
        this.programs = programs;
    }

    @Override
    public OfUnit look(String name, Purpose purpose) throws IOException {
        Map<String, String> shown = show(name);
        if (!"loaded".equals(shown.get("LoadState"))) {
            throw new SourceException(
                    "HF-Q20",
                    "systemd knows no unit '%s'. Nothing was touched. Correct its name in the plan, or install it."
                            .formatted(name));
        }
        return switch (shown.getOrDefault("ActiveState", "")) {
            case "active", "reloading" -> new OfUnit(name, activeSince(shown), Rest.STOP);
            case "inactive", "failed" -> new OfUnit(name, "", Rest.NONE);
            case String between ->
                throw new SourceException(
                        "HF-Q21",
                        "Unit %s cannot be brought to rest: it is '%s'. Nothing was touched. Look at it with systemctl status, then back it up again."
                                .formatted(name, between));
        };
    }

    @Override
    public String handle(OfUnit unit) {
        return unit.name();
    }

    @Override
    public void rest(OfUnit unit) throws IOException {
        if (unit.rest() == Rest.STOP) {
            programs.run(List.of("systemctl", "stop", "--", unit.name()), LIMIT);
        }
    }

    @Override
    public Optional<String> bringBack(OfUnit unit, boolean touch) throws IOException {
        Map<String, String> shown = show(unit.name());
        String active = shown.getOrDefault("ActiveState", "");
        if (active.equals("deactivating") && unit.rest() == Rest.STOP) {
            throw new IOException("it is still stopping");
        }
        if (!List.of("inactive", "failed").contains(active)) {
            return Optional.of("%s was started by somebody else meanwhile".formatted(unit.title()));
        }
        if (unit.rest() == Rest.NONE) {
            return Optional.empty();
        }
        if (!unit.isSameRun(new OfUnit(unit.name(), activeSince(shown), Rest.NONE))) {
            return Optional.of("%s was started and stopped by somebody else meanwhile".formatted(unit.title()));
        }
        if (touch) {
            programs.run(List.of("systemctl", "start", "--", unit.name()), LIMIT);
        }
        return Optional.empty();
    }

    /** Empty once systemd has forgotten a unit that is off, and after a reboot. */
    private static String activeSince(Map<String, String> shown) {
        return shown.getOrDefault("ActiveEnterTimestamp", "");
    }

    private Map<String, String> show(String name) throws IOException {
        String lines = programs.run(
                List.of("systemctl", "show", "--property=LoadState,ActiveState,ActiveEnterTimestamp", "--", name),
                LIMIT);
        Map<String, String> shown = new HashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                shown.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return shown;
    }
}

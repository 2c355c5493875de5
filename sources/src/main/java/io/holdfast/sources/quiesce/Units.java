package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Resting.OfUnit;
import io.holdfast.sources.quiesce.Resting.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Units of systemd, through {@code systemctl}. Since when it was active tells whether a unit is still as it was left: that stays
 * when it is stopped, and when a start fails, and changes when it is started. systemd forgets it of units that are off and
 * that nothing refers to, and at a reboot.
 */
final class Units implements Keeper<OfUnit> {

    private static final Duration LOOKS_WITHIN = Duration.ofMinutes(3);

    /** More than units of databases allow themselves, after which systemd kills them. */
    private static final Duration SWITCHES_WITHIN = Duration.ofMinutes(20);

    /** A {@code systemctl} whose owner was killed asks systemd still. */
    private static final Duration ASKS_WITHIN = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(100);

    /** What is stopped with a unit (systemd.unit(5)). Starting the unit starts none of it. */
    private static final List<String> STOPPED_ALONG =
            List.of("RequiredBy", "RequisiteOf", "BoundBy", "ConsistsOf", "PropagatesStopTo");

    private static final String PROPERTIES =
            "--property=Id,LoadState,ActiveState,ActiveEnterTimestampMonotonic,CanStart,Job,"
                    + String.join(",", STOPPED_ALONG);

    private final Programs programs;
    private final Predicate<String> isOfThisProcess;

    /** @param isOfThisProcess whether this process runs in the unit of a name */
    Units(Programs programs, Predicate<String> isOfThisProcess) {
        this.programs = programs;
        this.isOfThisProcess = isOfThisProcess;
    }

    /** What systemd says of a unit. */
    private record Shown(Map<String, String> properties) {

        String get(String property) {
            return properties.getOrDefault(property, "");
        }

        String state() {
            return get("ActiveState");
        }

        /** Microseconds of the clock that begins with the machine; empty if it was not, or systemd has forgotten. */
        String activeSince() {
            String since = get("ActiveEnterTimestampMonotonic");
            return since.equals("0") ? "" : since;
        }

        boolean isOff() {
            return List.of("inactive", "failed").contains(state());
        }

        /** Whether systemd is about to switch it: what it says of its state is not the last word then. */
        boolean isBeingSwitched() {
            return !List.of("", "0").contains(get("Job"));
        }

        Stream<String> stoppedAlong() {
            return STOPPED_ALONG.stream()
                    .flatMap(property -> Stream.of(get(property).split(" ")))
                    .filter(name -> !name.isEmpty());
        }
    }

    /** A unit, after whatever is active and would be stopped with it. */
    List<String> chosen(String inPlan) throws IOException {
        Set<String> chosen = new LinkedHashSet<>(List.of(inPlan));
        List<String> next = List.of(inPlan);
        while (!next.isEmpty()) {
            List<String> found = new ArrayList<>();
            for (String name : next) {
                Shown shown = show(name);
                if (name.equals(inPlan) || !shown.isOff()) {
                    chosen.add(name);
                    shown.stoppedAlong()
                            .filter(along -> !chosen.contains(along))
                            .forEach(found::add);
                }
            }
            next = found.stream().distinct().toList();
        }
        return List.copyOf(chosen).reversed();
    }

    @Override
    public OfUnit look(String name, Purpose purpose) throws IOException {
        Shown shown = show(name);
        if (shown.isOff()) {
            if (shown.get("LoadState").equals("not-found")) {
                throw new SourceException(
                        "HF-Q20",
                        "systemd knows no unit '%s'. Nothing was touched. Correct its name in the plan, or install it."
                                .formatted(name));
            }
            return new OfUnit(shown.get("Id"), "", Rest.NONE);
        }
        if (isOfThisProcess.test(shown.get("Id"))) {
            throw unfit(
                    shown,
                    "Holdfast itself runs in it, and could never bring it back",
                    "Take it, or what it is stopped with, out of the plan.");
        }
        if (!shown.get("CanStart").equals("yes")) {
            throw unfit(
                    shown,
                    "systemd would not start it again (%s)".formatted(shown.get("LoadState")),
                    "Look at its file with systemctl cat: it may be masked, damaged, gone, or refuse to be started by hand.");
        }
        return switch (shown.state()) {
            case "active", "reloading" -> new OfUnit(shown.get("Id"), shown.activeSince(), Rest.STOP);
            // What keeps ending because its data are damaged is not kept from getting better ones.
            case String between
            when between.equals("activating") && purpose.isRestore() -> new OfUnit(shown.get("Id"), "", Rest.STOP);
            case String between ->
                throw unfit(
                        shown, "it is '%s'".formatted(between), "Look at it with systemctl status, then try again.");
        };
    }

    private static SourceException unfit(Shown shown, String why, String remedy) {
        return new SourceException(
                "HF-Q21",
                "Unit %s cannot be brought to rest: %s. Nothing was touched. %s"
                        .formatted(shown.get("Id"), why, remedy));
    }

    @Override
    public String handle(OfUnit unit) {
        return unit.name();
    }

    @Override
    public void rest(OfUnit unit) throws IOException {
        if (unit.rest() == Rest.STOP) {
            programs.run(List.of("systemctl", "stop", "--", unit.name()), SWITCHES_WITHIN);
        }
    }

    /** See {@link Keepers#awaitStop}. What is stopping by then, {@link #bringBack} is not done with. */
    void awaitStop(OfUnit unit, long since) throws IOException, InterruptedException {
        while (unit.rest() == Rest.STOP
                && System.nanoTime() - since < ASKS_WITHIN.toNanos()
                && show(unit.name()).state().equals("active")) {
            Thread.sleep(LOOK);
        }
    }

    @Override
    public Optional<String> bringBack(OfUnit unit, boolean touch) throws IOException {
        Shown shown = show(unit.name());
        if (unit.rest() == Rest.STOP && (shown.state().equals("deactivating") || shown.isBeingSwitched())) {
            throw new IOException("it is still stopping, or about to be switched");
        }
        if (!shown.isOff()) {
            return Optional.of("%s was started by somebody else meanwhile".formatted(unit.title()));
        }
        if (unit.rest() == Rest.NONE) {
            return Optional.empty();
        }
        if (!unit.isSameRun(new OfUnit(unit.name(), shown.activeSince(), Rest.NONE))) {
            return Optional.of("%s was started and stopped by somebody else meanwhile".formatted(unit.title()));
        }
        if (touch) {
            programs.run(List.of("systemctl", "start", "--", unit.name()), SWITCHES_WITHIN);
        }
        return Optional.empty();
    }

    /**
     * The units among {@code things} that are as they were left. Starting one may start others: nobody else has, where those
     * were among these before.
     */
    Set<OfUnit> asLeft(List<Resting> things) {
        Set<OfUnit> asLeft = new HashSet<>();
        for (Resting thing : things) {
            if (thing instanceof OfUnit unit) {
                try {
                    if (bringBack(unit, false).isEmpty()) {
                        asLeft.add(unit);
                    }
                } catch (IOException _) {
                    // Told where it is brought back.
                }
            }
        }
        return asLeft;
    }

    private Shown show(String name) throws IOException {
        String lines = programs.run(List.of("systemctl", "show", PROPERTIES, "--", name), LOOKS_WITHIN);
        Map<String, String> properties = new HashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                properties.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        if (!properties.containsKey("ActiveState")) {
            throw new IOException("systemctl says nothing of unit " + name);
        }
        return new Shown(properties);
    }
}

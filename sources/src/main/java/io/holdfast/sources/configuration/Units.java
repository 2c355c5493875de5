package io.holdfast.sources.configuration;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files of systemd units, with their drop-ins. Those below {@code /etc/systemd/system} are put back; those of packages are
 * kept for comparison, as the package brings its own. Whether a unit was enabled and active is noted, and left to an
 * operator.
 */
final class Units implements Part {

    static final Path DIRECTORY = Path.of("/etc/systemd/system");

    private final List<String> units;
    private final String at;
    private final Programs programs;
    private final Path directory;
    private final Predicate<Path> isCaptured;

    /**
     * @param at the component's place in its snapshots
     * @param directory where units of this host lie that come from no package
     * @param isCaptured what the configuration captures by its path already
     */
    Units(List<String> units, String at, Programs programs, Path directory, Predicate<Path> isCaptured) {
        this.units = units;
        this.at = at;
        this.programs = programs;
        this.directory = directory;
        this.isCaptured = isCaptured;
    }

    @Override
    public String name() {
        return "units";
    }

    @Override
    public Gathered gather() throws IOException {
        Set<Path> paths = new LinkedHashSet<>();
        List<String> notes = new ArrayList<>();
        for (String unit : units) {
            State state = state(unit);
            List<Path> found = Stream.concat(names(unit).map(directory::resolve), state.paths().stream())
                    .filter(Files::exists)
                    .toList();
            if (found.isEmpty()) {
                throw new SourceException(
                        "HF-Q71",
                        "The unit %s has no file below %s, and systemd names none (%s). Nothing was captured; earlier snapshots are safe. Correct the name in the plan, or install the unit."
                                .formatted(unit, directory, state.text()),
                        new NoSuchFileException(unit));
            }
            paths.addAll(found);
            notes.add("unit %s: %s; by hand: copy its files, systemctl daemon-reload, systemctl enable --now %s"
                    .formatted(unit, state.text(), unit));
        }
        List<Root> roots = paths.stream()
                .filter(isCaptured.negate())
                .filter(path -> paths.stream().noneMatch(above -> !above.equals(path) && path.startsWith(above)))
                .<Root>map(path -> new Root.Tree(path, at + path))
                .toList();
        return new Gathered(roots, notes);
    }

    /** What may belong to a unit: its file and drop-ins, and those of its template. */
    private static Stream<String> names(String unit) {
        String template = unit.replaceFirst("@[^.]*", "@");
        return Stream.of(unit, template).distinct().flatMap(name -> Stream.of(name, name + ".d"));
    }

    private record State(List<Path> paths, String text) {}

    private State state(String unit) {
        Map<String, String> properties = new HashMap<>();
        try {
            String shown = new String(
                    programs.ask(
                            programs.systemctl(),
                            "show",
                            "--property=FragmentPath,DropInPaths,UnitFileState,ActiveState",
                            "--",
                            unit),
                    StandardCharsets.UTF_8);
            for (String line : shown.split("\n", -1)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    properties.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            return new State(List.of(), "state unknown: " + Programs.why(e));
        }
        List<Path> paths = Stream.of(
                        properties.getOrDefault("FragmentPath", ""), properties.getOrDefault("DropInPaths", ""))
                .flatMap(value -> Stream.of(value.split(" ")))
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .toList();
        return new State(
                paths,
                "%s, %s"
                        .formatted(
                                properties.getOrDefault("UnitFileState", "state unknown"),
                                properties.getOrDefault("ActiveState", "state unknown")));
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException {
        List<String> held = files.children(directory.toString());
        Restored restored = Restored.NOTHING;
        for (String name : units.stream().flatMap(Units::names).distinct().toList()) {
            Path path = directory.resolve(name);
            if (held.contains(name) && !isCaptured.test(path)) {
                restored = restored.plus(files.restore(path.toString(), new Placement(path, false, List.of())));
            }
        }
        return restored;
    }

    @Override
    public void apply(SnapshotFiles files) throws IOException {
        programs.ask(programs.systemctl(), "daemon-reload");
    }
}

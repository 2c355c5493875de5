package io.holdfast.sources.configuration;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.backup.Root;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Files of systemd units, with their drop-ins. Those below {@code /etc/systemd/system} are put back; those of packages are
 * kept for comparison, as the package brings its own. Whether a unit was enabled and active is noted, and left to an
 * operator.
 */
final class Units implements Part {

    static final Path DIRECTORY = Path.of("/etc/systemd/system");

    /** Files named after links among the units, which hold what those point to: a snapshot's roots are what links lead to. */
    private static final String LINKS = Part.GENERATED + "/unit-links";

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
                    .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
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
        List<Root> roots = new ArrayList<>();
        for (Path path : paths) {
            if (!isCaptured.test(path)
                    && paths.stream().noneMatch(above -> !above.equals(path) && path.startsWith(above))) {
                roots.add(
                        isLink(path)
                                ? new Root.Generated(
                                        at + LINKS + "/" + path.getFileName(),
                                        Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8))
                                : new Root.Tree(path, at + path));
            }
        }
        return new Gathered(roots, notes);
    }

    /** A mask, or another name of a unit. Of what is linked from elsewhere the content is kept. */
    private boolean isLink(Path path) throws IOException {
        if (!Files.isSymbolicLink(path) || !directory.equals(path.getParent())) {
            return false;
        }
        if (!Files.exists(path)) {
            return true;
        }
        Path real = path.toRealPath();
        Path parent = real.getParent();
        return !(Files.isRegularFile(real) || Files.isDirectory(real))
                || directory.toRealPath().equals(parent)
                || (parent != null && parent.endsWith("systemd/system"));
    }

    /** What may belong to a unit (systemd.unit(5)): its file and drop-ins, those of its template, and drop-ins of all of its kind. */
    private static Stream<String> names(String unit) {
        String type = unit.substring(unit.lastIndexOf('.'));
        String prefix = unit.substring(0, unit.length() - type.length()).replaceFirst("@.*", "");
        Stream<String> own = Stream.of(unit, unit.replaceFirst("@.*\\.", "@."))
                .distinct()
                .flatMap(name -> Stream.of(name, name + ".d"));
        Stream<String> shared = IntStream.range(0, prefix.length())
                .filter(at -> prefix.charAt(at) == '-')
                .mapToObj(at -> prefix.substring(0, at + 1) + type + ".d");
        return Stream.of(own, shared, Stream.of(type.substring(1) + ".d")).flatMap(names -> names);
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
        return restored.plus(putLinks(files));
    }

    private Restored putLinks(SnapshotFiles files) throws IOException {
        long written = 0;
        List<String> held = files.children(LINKS);
        for (String name : units.stream().flatMap(Units::names).distinct().toList()) {
            if (held.contains(name)) {
                var target = new ByteArrayOutputStream();
                files.dump(LINKS + "/" + name, target);
                Path link = directory.resolve(name);
                Files.createDirectories(directory);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, Path.of(target.toString(StandardCharsets.UTF_8)));
                written++;
            }
        }
        return new Restored(written, 0, 0, 0);
    }

    @Override
    public void apply(SnapshotFiles files) throws IOException {
        programs.ask(programs.systemctl(), "daemon-reload");
    }
}

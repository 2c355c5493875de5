package io.holdfast.sources.configuration;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.files.FilesSource;
import io.holdfast.sources.files.HostPaths;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files of a host, and what cron, systemd and Kubernetes were told. Laid over what is there on the way back, where nothing
 * is deleted, and put into effect again. What programs told lies below {@code generated} in the snapshot, readable by its
 * owner only.
 */
public final class ConfigurationSource implements ComponentSource {

    private static final Content NO_FILES = new Content(List.of(), List.of());

    private final Source.Configuration source;
    private final String at;
    private final Optional<FilesSource> files;
    private final Programs programs;
    private final Path units;
    private final List<Part> parts;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public ConfigurationSource(Source.Configuration source, String at, Host host) {
        this(source, at, Programs.of(host), Units.DIRECTORY);
    }

    /** @param units where systemd's units lie that come from no package */
    ConfigurationSource(Source.Configuration source, String at, Programs programs, Path units) {
        this.source = source;
        this.at = at;
        files = source.paths().isEmpty()
                ? Optional.empty()
                : Optional.of(new FilesSource(
                        new Source.Files(source.paths(), List.of(), source.exclude(), null, Quiesce.NONE), at));
        this.programs = programs;
        this.units = units;
        parts = parts(source.crontabs(), source.units(), source.namespaces());
    }

    private List<Part> parts(List<String> users, List<String> unitNames, List<String> namespaces) {
        List<Part> parts = new ArrayList<>();
        if (!users.isEmpty()) {
            parts.add(new Crontabs(users, at, programs));
        }
        if (!unitNames.isEmpty()) {
            parts.add(new Units(unitNames, at, programs, units, this::isBelowPaths));
        }
        if (!namespaces.isEmpty()) {
            parts.add(new Manifests(namespaces, at, programs));
        }
        return parts;
    }

    /** One for each user, unit and namespace, so that one that cannot be asked takes no other with it. */
    private List<Part> partsOfOne() {
        List<Part> parts = new ArrayList<>();
        source.crontabs().forEach(user -> parts.addAll(parts(List.of(user), List.of(), List.of())));
        source.units().forEach(unit -> parts.addAll(parts(List.of(), List.of(unit), List.of())));
        source.namespaces().forEach(namespace -> parts.addAll(parts(List.of(), List.of(), List.of(namespace))));
        return parts;
    }

    private boolean isBelowPaths(Path path) {
        return source.paths().stream().anyMatch(path::startsWith);
    }

    @Override
    public Capture capture() {
        return new ConfigurationCapture();
    }

    /** What is not there has nothing to keep, nor has one whose program is not; one that cannot be asked fails whoever reads it. */
    @Override
    public Content salvage() {
        Content paths = files.map(FilesSource::salvage).orElse(NO_FILES);
        List<Part.Gathered> gathered = new ArrayList<>();
        List<String> missing = new ArrayList<>(paths.missing());
        for (Part part : partsOfOne()) {
            try {
                gathered.add(part.gather());
            } catch (IOException e) {
                if (isNotThere(e)) {
                    missing.add(String.valueOf(e.getMessage()));
                } else {
                    String place = "%s%s/not-read-%d".formatted(at, Part.GENERATED, gathered.size());
                    gathered.add(new Part.Gathered(
                            List.of(Root.Stream.of(place, () -> unreadable(e), Instant.EPOCH)), List.of()));
                }
            }
        }
        return content(paths, gathered).lacking(missing);
    }

    private static boolean isNotThere(IOException failure) {
        return switch (failure.getCause()) {
            case CommandFailed failed ->
                failed.reason() == CommandFailed.Reason.NOT_STARTED || Manifests.isNotFound(failed);
            case NoSuchFileException _ -> true;
            case null, default -> false;
        };
    }

    @Override
    public WayBack wayBack() {
        return new ConfigurationWayBack();
    }

    @Override
    public String byHand() {
        return "Follow DIRECTORY%s/generated/ABOUT.txt.".formatted(at);
    }

    private static InputStream unreadable(IOException failure) throws IOException {
        throw failure;
    }

    private Content content(Content paths, List<Part.Gathered> gathered) {
        List<Root> roots = new ArrayList<>(paths.roots());
        gathered.forEach(part -> roots.addAll(part.roots()));
        List<String> notes =
                gathered.stream().flatMap(part -> part.notes().stream()).toList();
        if (!notes.isEmpty()) {
            String about = "What lies here was asked of programs of the host, when the snapshot was taken.%n%n%s%n"
                    .formatted(String.join(System.lineSeparator(), notes));
            roots.add(new Root.Generated(at + Part.GENERATED + "/ABOUT.txt", about.getBytes(StandardCharsets.UTF_8)));
        }
        return new Content(roots.stream().distinct().toList(), paths.excludes());
    }

    private final class ConfigurationCapture implements Capture {

        private final List<Part.Gathered> gathered = new ArrayList<>();
        private final Optional<Capture> paths = files.map(FilesSource::capture);

        @Override
        public List<String> inspect() throws IOException, InterruptedException {
            if (paths.isPresent()) {
                paths.get().inspect();
            }
            for (Part part : parts) {
                gathered.add(part.gather());
            }
            return List.of();
        }

        @Override
        public Content read() throws IOException, InterruptedException {
            return content(paths.isPresent() ? paths.get().read() : NO_FILES, gathered);
        }
    }

    private final class ConfigurationWayBack implements WayBack {

        @Override
        public String target() {
            return Stream.concat(
                            source.paths().stream().map(Path::toString),
                            parts.stream().map(Part::name))
                    .collect(Collectors.joining(", "));
        }

        @Override
        public List<Placement> placements() {
            return source.paths().stream().map(this::placement).toList();
        }

        @Override
        public void prepare(SnapshotFiles files) throws IOException {
            if (!files.isDirectory(Part.GENERATED)) {
                new HostPaths(source.paths()).requireAnyIn(files, target());
            }
        }

        @Override
        public List<Path> addedSince(SnapshotFiles files) throws IOException {
            return new HostPaths(source.paths()).notIn(files);
        }

        @Override
        public Restored put(SnapshotFiles files) throws IOException {
            Restored restored = new HostPaths(source.paths()).put(files, this::placement);
            for (Part part : parts) {
                restored = restored.plus(part.put(files));
            }
            return restored;
        }

        private Placement placement(Path path) {
            return new Placement(path, false, source.exclude());
        }

        /** One that fails does not keep the others from being put into effect. */
        @Override
        public void finish(SnapshotFiles files) throws IOException {
            List<String> failures = new ArrayList<>();
            for (Part part : parts) {
                try {
                    part.apply(files);
                } catch (IOException e) {
                    failures.add("%s: %s".formatted(part.name(), Programs.why(e)));
                }
            }
            if (!failures.isEmpty()) {
                throw new SourceException(
                        "HF-Q73",
                        "All files of %s are back in place, but not everything could be put into effect: %s. Restore it into a directory too, and do that by hand as generated/ABOUT.txt there says."
                                .formatted(at, String.join("; ", failures)));
            }
        }

        @Override
        public void validate(SnapshotFiles files) throws IOException {
            for (Part part : parts) {
                part.validate(files);
            }
        }
    }
}

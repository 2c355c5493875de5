package io.holdfast.sources.files;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Least;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.files.Excludes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Directories and single files of the host, read where they lie and put back there as a mirror of the snapshot. */
public final class FilesSource implements ComponentSource {

    private final Source.Files source;
    private final String at;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public FilesSource(Source.Files source, String at) {
        this.source = source;
        this.at = at;
    }

    @Override
    public Capture capture() {
        return new FilesCapture();
    }

    @Override
    public Content salvage() {
        List<String> missing = source.paths().stream()
                .filter(path -> !Files.exists(path))
                .map("HF-Q90 %s does not exist."::formatted)
                .toList();
        return content(path -> Files.exists(path)).lacking(missing);
    }

    @Override
    public WayBack wayBack() {
        return new FilesWayBack();
    }

    @Override
    public String byHand() {
        return "Copy %s from DIRECTORY%s back to where they were, with owners, modes and times (cp -a)."
                .formatted(paths(), at);
    }

    private String paths() {
        return listed(source.paths());
    }

    private static String listed(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private Content content(Predicate<Path> wanted) {
        List<Root> roots = source.paths().stream()
                .filter(wanted)
                .<Root>map(path -> new Root.Tree(path, at + path))
                .toList();
        return new Content(roots, Excludes.of(source.exclude()).withAllBut(source.include()));
    }

    private final class FilesCapture implements Capture {

        @Override
        public List<String> inspect() throws IOException {
            List<Path> missing =
                    source.paths().stream().filter(Files::notExists).toList();
            List<Path> closed = source.paths().stream()
                    .filter(path -> !missing.contains(path) && !Files.isReadable(path))
                    .toList();
            if (!missing.isEmpty()) {
                String alsoClosed = closed.isEmpty() ? "" : "; %s cannot be read".formatted(listed(closed));
                throw new SourceException(
                        "HF-Q02",
                        "%s %s not exist%s. Nothing was captured; earlier snapshots are safe. Mount or create what is missing, or correct the plan."
                                .formatted(listed(missing), missing.size() == 1 ? "does" : "do", alsoClosed));
            }
            if (!closed.isEmpty()) {
                throw new SourceException(
                        "HF-Q03",
                        "%s cannot be read. Nothing was captured; earlier snapshots are safe. Let the user of the snapshot worker read what is named."
                                .formatted(listed(closed)));
            }
            if (!source.include().isEmpty()) {
                Included.require(source);
            }
            return List.of();
        }

        @Override
        public Content read() {
            Content content = content(_ -> true);
            return source.atLeast() == null ? content : content.ofAtLeast(Least.of(paths(), source.atLeast()));
        }
    }

    private final class FilesWayBack implements WayBack {

        @Override
        public String target() {
            return paths();
        }

        @Override
        public List<Placement> placements() {
            return source.paths().stream().map(this::placement).toList();
        }

        @Override
        public void prepare(SnapshotFiles files) throws IOException {
            new HostPaths(source.paths()).requireAnyIn(files, target());
        }

        @Override
        public List<Path> addedSince(SnapshotFiles files) throws IOException {
            return new HostPaths(source.paths()).notIn(files);
        }

        @Override
        public Restored put(SnapshotFiles files) throws IOException {
            return new HostPaths(source.paths()).put(files, this::placement);
        }

        private Placement placement(Path path) {
            return new Placement(path, true, source.exclude(), source.include());
        }
    }
}

package io.holdfast.sources;

import io.holdfast.plan.Source;
import io.holdfast.vault.Root;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Directories and single files of the host, read where they lie. */
final class FilesSource implements ComponentSource {

    private final Source.Files source;

    FilesSource(Source.Files source) {
        this.source = source;
    }

    @Override
    public Capture open(String at) throws SourceException {
        var roots = new ArrayList<Root>();
        for (Path path : source.paths()) {
            if (!Files.exists(path)) {
                throw new SourceException(
                        "HF-Q02",
                        "%s does not exist. Nothing was captured; earlier snapshots are safe. Mount or create it, or correct the plan."
                                .formatted(path));
            }
            if (!Files.isReadable(path)) {
                throw new SourceException(
                        "HF-Q03",
                        "%s cannot be read. Nothing was captured; earlier snapshots are safe. Let the user of the snapshot worker read it."
                                .formatted(path));
            }
            roots.add(new Root.Tree(path, at + path));
        }
        return new Capture(roots, source.exclude(), () -> {});
    }

    @Override
    public Capture salvage(String at) {
        List<Root> roots = source.paths().stream()
                .filter(path -> Files.exists(path))
                .<Root>map(path -> new Root.Tree(path, at + path))
                .toList();
        return new Capture(roots, source.exclude(), () -> {});
    }

    @Override
    public List<Placement> placements(String at, Optional<Path> elsewhere) {
        return source.paths().stream()
                .map(path -> new Placement(at + path, target(path, elsewhere), elsewhere.isEmpty(), source.exclude()))
                .toList();
    }

    private static Path target(Path path, Optional<Path> elsewhere) {
        return elsewhere
                .map(directory -> directory.resolve(path.toString().substring(1)))
                .orElse(path);
    }
}

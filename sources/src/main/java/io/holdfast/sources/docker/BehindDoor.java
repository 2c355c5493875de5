package io.holdfast.sources.docker;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.ContainerId;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.engine.HelperMount;
import io.holdfast.sources.engine.HelperRun;
import io.holdfast.sources.process.Pipe;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarLimits;
import io.holdfast.vault.tar.TarReader;
import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data that the engine hands out and takes in as a tar. It deletes nothing by itself, so what a snapshot lacks is deleted by
 * {@code rm} in a helper container.
 *
 * @param isFile whether the path is a single file
 */
record BehindDoor(DockerEngine engine, Door door, boolean isFile) implements DataPlace {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int MOST_ARGUMENTS = 500;
    private static final int MOST_BYTES = 64 * 1024;

    @Override
    public boolean isEmpty() throws IOException {
        if (isFile) {
            return false;
        }
        try (InputStream tar = read()) {
            var reader = new TarReader(tar, TarLimits.STANDARD);
            @Nullable TarEntry entry = reader.next();
            while (entry != null && entry.path().isEmpty()) {
                entry = reader.next();
            }
            return entry == null;
        }
    }

    /** A file stands in a directory of the same name as where it was. */
    @Override
    public Root root(String at) {
        return new Root.Tar(
                isFile ? Layout.parent(at) : at, () -> Explained.reading(Explained.NOT_CAPTURED, this::read));
    }

    private InputStream read() throws IOException {
        return door.read(engine, isFile ? "" : "/.");
    }

    @Override
    public Replacement prepare(SnapshotFiles files, Layout layout) throws IOException {
        Listing snapshot = listing(files, layout);
        if (!isFile && !isEmpty()) {
            switch (door) {
                case Door.Mounted mounted ->
                    rm(mounted, List.of(mounted.path() + "/.holdfast-is-not-there"), Explained.NOT_TOUCHED);
                case Door.Own own -> refuseToDelete(own.container(), lacked(snapshot, layout));
            }
        }
        return () -> put(snapshot, files, layout);
    }

    private Restored put(Listing snapshot, SnapshotFiles files, Layout layout) throws IOException {
        List<List<Name>> lacked = isFile ? List.of() : lacked(snapshot, layout);
        switch (door) {
            case Door.Mounted mounted -> delete(mounted, lacked);
            case Door.Own own -> refuseToDelete(own.container(), lacked);
        }
        try (Door.Opened opened = door.open(engine)) {
            Pipe.run(
                    out -> write(files, layout, out),
                    tar -> engine.writeArchive(opened.container(), Layout.parent(opened.path()), tar));
        }
        return new Restored(snapshot.files(), 0, lacked.size(), snapshot.bytes());
    }

    /** All of what is to be put back is read once before, so that damage is found while nothing was deleted. */
    private Listing listing(SnapshotFiles files, Layout layout) throws IOException {
        String directory = layout.directory();
        boolean fits = isFile
                ? files.children(Layout.parent(directory)).contains(Layout.name(directory))
                        && !files.isDirectory(directory)
                : files.isDirectory(directory);
        if (!fits) {
            throw new SourceException(
                    "HF-Q17",
                    "The snapshot holds no %s %s. Nothing was touched. Choose another snapshot."
                            .formatted(isFile ? "file" : "directory", directory));
        }
        var listing = new Listing[1];
        Pipe.run(
                out -> files.tar(isFile ? Layout.parent(directory) : directory, "", out),
                tar -> listing[0] = Listing.of(tar));
        return listing[0];
    }

    private void write(SnapshotFiles files, Layout layout, OutputStream out) throws IOException {
        if (isFile) {
            files.tar(Layout.parent(layout.directory()), "", out);
        } else {
            files.tar(layout.directory(), Layout.name(door.path()), out);
        }
    }

    private List<List<Name>> lacked(Listing snapshot, Layout layout) throws IOException {
        try (InputStream tar = read()) {
            return Listing.of(tar).lackedBy(snapshot, layout.kept());
        }
    }

    private void delete(Door.Mounted mounted, List<List<Name>> paths) throws IOException {
        var batch = new ArrayList<String>();
        int bytes = 0;
        for (String argument : arguments(mounted, paths)) {
            if (batch.size() == MOST_ARGUMENTS || bytes + argument.length() > MOST_BYTES) {
                rm(mounted, batch, Explained.HALF_DONE);
                batch.clear();
                bytes = 0;
            }
            batch.add(argument);
            bytes += argument.length();
        }
        if (!batch.isEmpty()) {
            rm(mounted, batch, Explained.HALF_DONE);
        }
    }

    private static List<String> arguments(Door.Mounted mounted, List<List<Name>> paths) throws SourceException {
        var arguments = new ArrayList<String>();
        for (List<Name> path : paths) {
            if (!path.stream().allMatch(Name::isText)) {
                throw new SourceException(
                        "HF-Q18",
                        "%s must be deleted, but its name is no text, which the engine does not pass on. Nothing was touched. Delete it by hand, and restore again."
                                .formatted(TarEntry.text(path)));
            }
            arguments.add(mounted.path() + "/" + TarEntry.text(path));
        }
        return arguments;
    }

    private void rm(Door.Mounted mounted, List<String> paths, String safe) throws IOException {
        var argv = new ArrayList<>(List.of("rm", "-rf", "--"));
        argv.addAll(paths);
        try {
            HelperRun run = engine.runHelper(mounted.image(), List.of(mounted.mount()), argv, LIMIT);
            if (run.exitStatus() != 0) {
                throw cannotDelete(mounted, "it printed: " + run.stderr(), safe, null);
            }
        } catch (EngineException e) {
            throw switch (e.reason()) {
                case SERVER_ERROR, NO_SUCH_PATH, NO_SUCH_CONTAINER ->
                    cannotDelete(mounted, String.valueOf(e.getMessage()), safe, e);
                case UNREACHABLE, NO_SUCH_VOLUME, NO_SUCH_IMAGE, CONFLICT, DENIED, BAD_NAME, LOST, INTERRUPTED -> e;
            };
        }
    }

    private static SourceException cannotDelete(
            Door.Mounted mounted, String why, String safe, @Nullable Exception cause) {
        String what = switch (mounted.mount()) {
            case HelperMount.OfVolume volume -> "volume " + volume.volume();
            case HelperMount.OfHostPath path -> path.source();
        };
        return new SourceException(
                "HF-Q18",
                "Cannot delete in %s what a snapshot lacks: rm failed in a helper container of image %s (%s). %s See what hinders it, or set HOLDFAST_HELPER_IMAGE to an image with rm that the engine has."
                        .formatted(what, mounted.image(), why.strip(), safe),
                cause);
    }

    private static void refuseToDelete(ContainerId container, List<List<Name>> lacked) throws SourceException {
        if (!lacked.isEmpty()) {
            throw new SourceException(
                    "HF-Q18",
                    "Container %s keeps %d paths in its own layer that the snapshot lacks, the first: %s. An engine deletes nothing there while the container is stopped. Nothing was touched. Let the container be created anew, or keep the data in a volume, and restore again."
                            .formatted(container, lacked.size(), TarEntry.text(lacked.getFirst())));
        }
    }
}

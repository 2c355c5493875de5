package io.holdfast.vault.backend.local;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Bandwidth;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.Shelf;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Repositories in the directories of a directory. That it is missing means a disk that is not mounted, so it is never made. */
public final class LocalShelf implements Shelf {

    private final Path root;
    private final Bandwidth bandwidth;

    public LocalShelf(Path root, Bandwidth bandwidth) {
        this.root = root.toAbsolutePath().normalize();
        this.bandwidth = bandwidth;
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public List<String> names() throws BackendException {
        Problem problem = new Problem("list the directories", location());
        mustExist(problem);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root, Files::isDirectory)) {
            directories.forEach(directory -> names.add(String.valueOf(directory.getFileName())));
            return names;
        } catch (IOException e) {
            throw new LocalFailures(root).of(problem, e, 0);
        }
    }

    @Override
    public Backend open(String name) throws BackendException {
        mustExist(new Problem("use " + name, location()));
        return LocalBackend.at(root.resolve(name), bandwidth);
    }

    @Override
    public void clear(String name) throws BackendException {
        try (Stream<Path> walk = Files.walk(root.resolve(name))) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(path)) {
                    deleteIfEmpty(path);
                }
            }
        } catch (IOException e) {
            throw new LocalFailures(root).of(new Problem("remove the empty directory " + name, location()), e, 0);
        }
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException e) {
            // What is not ours stays.
        }
    }

    private void mustExist(Problem problem) throws BackendException {
        if (!Files.isDirectory(root)) {
            throw new LocalFailures(root).noRoot(problem, null);
        }
    }
}

package io.holdfast.vault.backend.local;

import io.holdfast.vault.backend.Backend.Entry;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The repository's own files below its root. Unfinished and foreign names are passed over, failures never are. */
record Listing(Path root) {

    private static final Pattern DATA_DIRECTORY = Pattern.compile("[0-9a-f]{2}");

    List<Entry> of(FileType type) throws IOException {
        List<Entry> found = new ArrayList<>();
        Path directory = root.resolve(type.directory());
        if (type == FileType.PACK) {
            for (Path below : children(directory)) {
                if (DATA_DIRECTORY.matcher(name(below)).matches()) {
                    addFiles(type, below, found);
                }
            }
        } else {
            addFiles(type, directory, found);
        }
        return found;
    }

    private void addFiles(FileType type, Path directory, List<Entry> found) throws IOException {
        for (Path file : children(directory)) {
            if (Handle.isId(name(file))) {
                Handle handle = new Handle(type, name(file));
                if (root.resolve(handle.path()).equals(file)) {
                    addUnlessDeleted(handle, file, found);
                }
            }
        }
    }

    private static void addUnlessDeleted(Handle handle, Path file, List<Entry> found) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                found.add(new Entry(handle, attributes.size()));
            }
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                throw e;
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}

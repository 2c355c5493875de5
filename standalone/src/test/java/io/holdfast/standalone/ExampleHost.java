package io.holdfast.standalone;

import io.holdfast.standalone.Rescue.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a host.
 *
 * @param root stands for its root directory
 */
record ExampleHost(Path root) {

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    void write(String path, String content) throws IOException {
        Files.createDirectories(at(path).resolveSibling("."));
        Files.writeString(at(path), content);
    }

    /** The secrets that each plan refers to. */
    void writePasswords() throws IOException {
        write("/etc/holdfast/vault-password", "correct horse battery staple");
        write("/etc/holdfast/smtp-password", "of-the-mail");
    }

    /** Directories in the first of which whole files appear, and which then lose everything but their {@code *.tmp}. */
    Part data(String... directories) {
        return new Part(
                () -> contents(directories),
                number -> {
                    write("/tmp/for" + directories[0], "number " + number);
                    Files.move(
                            at("/tmp/for" + directories[0]), at(directories[0]).resolve("live-" + number));
                },
                () -> {
                    for (Path file : files(directories)) {
                        Files.delete(file);
                    }
                    Files.writeString(at(directories[0]).resolve("ransom"), "pay");
                });
    }

    /** Files that nobody writes but a vandal. */
    Part configuration(String... paths) {
        return new Part(() -> contents(paths), _ -> {}, () -> {
            for (Path file : files(paths)) {
                Files.writeString(file, "spoilt");
            }
        });
    }

    private List<Path> files(String... paths) throws IOException {
        var files = new TreeMap<Path, Path>();
        for (String path : paths) {
            try (Stream<Path> found = Files.walk(at(path))) {
                found.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".tmp"))
                        .forEach(file -> files.put(file, file));
            }
        }
        return List.copyOf(files.keySet());
    }

    private SortedMap<String, String> contents(String... paths) throws IOException {
        var contents = new TreeMap<String, String>();
        for (Path file : files(paths)) {
            contents.put(
                    root.relativize(file).toString(),
                    "%s %s %s"
                            .formatted(
                                    Files.getPosixFilePermissions(file),
                                    Files.getLastModifiedTime(file),
                                    Files.readString(file)));
        }
        return contents;
    }
}

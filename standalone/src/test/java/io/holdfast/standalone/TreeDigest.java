package io.holdfast.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a directory holds, in a form in which two can be compared. */
final class TreeDigest {

    private TreeDigest() {}

    /** Each path below the directory with its kind, mode, time of change and content; links with their target. */
    static SortedMap<String, String> of(Path directory) throws IOException {
        var digest = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(path -> !path.equals(directory))
                    .forEach(path -> digest.put(directory.relativize(path).toString(), describe(path)));
        }
        return digest;
    }

    /** For archives, which round times. */
    static SortedMap<String, String> withoutTimes(Path directory) throws IOException {
        var digest = of(directory);
        digest.replaceAll((_, description) -> description.replaceFirst("@\\S+ ", ""));
        return digest;
    }

    private static String describe(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "-> " + Files.readSymbolicLink(path);
            }
            String mode = String.valueOf(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
            if (Files.isDirectory(path)) {
                return "directory " + mode;
            }
            return "@%s %s links=%s %s"
                    .formatted(
                            Files.getLastModifiedTime(path),
                            mode.replace(" ", ""),
                            Files.getAttribute(path, "unix:nlink"),
                            sha256(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

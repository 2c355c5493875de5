package io.holdfast.vault;

import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Repositories as programs of their time wrote them; {@code record}, beside them, made them and says how. */
enum Recorded {
    RESTIC_0_14("restic-0.14", 2),
    RESTIC_0_14_VERSION_1("restic-0.14-v1", 1),
    RESTIC_0_18("restic-0.18", 2),
    RESTIC_0_18_VERSION_1("restic-0.18-v1", 1),
    HOLDFAST_0_1("holdfast-0.1", 2);

    static final String PASSWORD = "recorded";

    private final String file;
    private final int version;

    Recorded(String file, int version) {
        this.file = file;
        this.version = version;
    }

    /** The version of the format. */
    int version() {
        return version;
    }

    /** A copy of it: {@code repository}, and {@code 1.txt} to {@code 3.txt}, what the snapshots with these tags hold. */
    Path unpack(Path directory) throws IOException {
        InputStream resource =
                Objects.requireNonNull(Recorded.class.getResourceAsStream("/recorded/%s.tar.gz".formatted(file)), file);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(resource))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = directory.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.copy(tar, path);
                }
            }
        }
        return directory;
    }

    /** The lines of such a text for a directory. */
    static List<String> listing(Path root) throws IOException {
        TreeMap<String, String> lines = new TreeMap<>();
        list(root, ".".getBytes(StandardCharsets.US_ASCII), lines);
        return List.copyOf(lines.values());
    }

    private static void list(Path path, byte[] shown, Map<String, String> lines) throws IOException {
        Metadata metadata = Directory.stat(path);
        Instant mtime = metadata.mtime();
        String name = HexFormat.of().formatHex(shown);
        String what = switch (metadata.type()) {
            case FILE -> "f %s %d %s".formatted(name, metadata.size(), sha256(Files.readAllBytes(path)));
            case SYMLINK -> "l %s %s".formatted(name, hex(RawPaths.targetOf(Files.readSymbolicLink(path))));
            case DIR -> "d %s ".formatted(name);
            case FIFO -> "p %s ".formatted(name);
            case DEVICE, CHARDEV, SOCKET, IRREGULAR -> throw new IOException("not recorded: " + path);
        };
        lines.put(
                name,
                "%s %o %d.%09d %s%s"
                        .formatted(
                                what.substring(0, 1),
                                metadata.permissions(),
                                mtime.getEpochSecond(),
                                mtime.getNano(),
                                what.substring(2),
                                what.startsWith("f") && metadata.links() > 1
                                        ? " %d names".formatted(metadata.links())
                                        : ""));
        if (what.startsWith("d")) {
            List<Path> children = new ArrayList<>();
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(path)) {
                listing.forEach(children::add);
            }
            for (Path child : children) {
                list(child, joined(shown, RawPaths.nameOf(child).raw()), lines);
            }
        }
    }

    private static byte[] joined(byte[] directory, byte[] name) {
        byte[] path = new byte[directory.length + 1 + name.length];
        System.arraycopy(directory, 0, path, 0, directory.length);
        path[directory.length] = '/';
        System.arraycopy(name, 0, path, directory.length + 1, name.length);
        return path;
    }

    private static String hex(Name name) {
        return HexFormat.of().formatHex(name.raw());
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.holdfast.console.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that holds one bearer token and nothing else, readable by its owner alone: how the local operator and the
 * command line find the token that a running Holdfast made, and how console and sites share theirs.
 */
public final class TokenFile {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{20,512}");
    private static final int RANDOM_BYTES = 32;

    private TokenFile() {}

    /** The file is missing, can be read by others, or holds no token. The text is for an operator, without the token. */
    public static final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }
    }

    /**
     * Makes a random token in a file of mode 600; a token that is there already is kept.
     *
     * @return the token
     * @throws Unusable if a file is there that {@link #read} refuses
     * @throws IOException if the file cannot be written
     */
    public static String create(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path written = Files.createTempFile(
                directory,
                ".token",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(written, token + "\n", StandardOpenOption.DSYNC);
            Files.createLink(file, written);
            return token;
        } catch (FileAlreadyExistsException _) {
            return read(file);
        } finally {
            Files.delete(written);
        }
    }

    /**
     * Reads the token.
     *
     * @throws Unusable if there is none, or if others than the file's owner may read or write it
     */
    public static String read(Path file) {
        List<String> lines = lines(file);
        refuseOthers(file);
        if (lines.size() != 1 || !isToken(lines.getFirst())) {
            throw new Unusable(
                    "The token file %s must hold one token and nothing else. Nothing was changed. Put the token there, or delete the file and start Holdfast again to have a new one made."
                            .formatted(file));
        }
        return lines.getFirst();
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** The lines that say something. */
    static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (NoSuchFileException _) {
            throw new Unusable(
                    "There is no token file %s. Nothing was changed. Start Holdfast, which makes it, or name the right file or data directory."
                            .formatted(file));
        } catch (IOException e) {
            throw new Unusable("The token file %s cannot be read: %s. Nothing was changed. Let this user read it."
                    .formatted(file, e.getClass().getSimpleName()));
        }
    }

    static void refuseOthers(Path file) {
        refuse(file, OTHERS, "read or written", "600");
    }

    static void refuseOtherWriters(Path file) {
        refuse(file, EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE), "written", "644");
    }

    private static void refuse(Path file, Set<PosixFilePermission> unwanted, String deed, String mode) {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().stream().anyMatch(unwanted::contains)) {
                throw new Unusable(
                        "The token file %s can be %s by other users than its owner, so it is not trusted. Nothing was changed. If nobody else can have used it: chmod %s %s; otherwise make a new token."
                                .formatted(file, deed, mode, file));
            }
        } catch (IOException e) {
            throw new Unusable("The permissions of the token file %s cannot be read: %s."
                    .formatted(file, e.getClass().getSimpleName()));
        }
    }
}

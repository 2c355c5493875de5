package io.holdfast.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads references to secrets, and the secrets behind them. */
final class SecretReferences {

    static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final int LIMIT = 64 * 1024;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretReferences() {}

    static SecretReference parse(String wire) {
        if (wire.startsWith("env:")) {
            return new SecretReference.Environment(wire.substring("env:".length()));
        }
        Names.require(wire.startsWith("file:"), "a secret is given as env:NAME or file:PATH, never as itself");
        try {
            return new SecretReference.File(
                    Path.of(wire.substring("file:".length())).normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("file: must be followed by a path", e);
        }
    }

    static Secret fromEnvironment(SecretReference.Environment reference, @Nullable String value) {
        if (value == null) {
            throw new SecretUnavailableException(
                    "HF-P41",
                    "The environment variable %s is not set, and a secret is read from it. Nothing was changed. "
                                    .formatted(reference.name())
                            + "Set it for the process that reports this, then start that again.");
        }
        return secret(reference, value, List.of());
    }

    static Secret fromFile(SecretReference.File reference) {
        Path path = reference.path();
        try {
            if (!Files.isRegularFile(path) && Files.exists(path)) {
                throw unreadable(path, "is not a regular file", null);
            }
            byte[] content;
            try (var in = Files.newInputStream(path)) {
                content = in.readNBytes(LIMIT + 1);
            }
            if (content.length > LIMIT) {
                throw unreadable(path, "is larger than 64 KiB, which no secret is", null);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return secret(reference, text.replaceFirst("\\r?\\n\\z", ""), warnings(path));
        } catch (NoSuchFileException e) {
            throw unreadable(path, "does not exist", e);
        } catch (CharacterCodingException e) {
            throw unreadable(path, "is not text in UTF-8", e);
        } catch (IOException e) {
            throw unreadable(path, "cannot be read (%s)".formatted(reason(e)), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : e.getClass().getSimpleName();
    }

    private static Secret secret(SecretReference reference, String value, List<String> warnings) {
        if (value.isEmpty()) {
            throw new SecretUnavailableException(
                    "HF-P43",
                    "The secret at %s is empty. Nothing was changed. Put the secret there, then try again."
                            .formatted(reference.wire()));
        }
        return new Secret(value, warnings);
    }

    private static List<String> warnings(Path path) throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
            return List.of();
        }
        boolean open = Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
        return open
                ? List.of("HF-P44 The secret in %s can be read by others on this host. Run: chmod 600 %s"
                        .formatted(path, path))
                : List.of();
    }

    private static SecretUnavailableException unreadable(Path path, String why, @Nullable Exception cause) {
        return new SecretUnavailableException(
                "HF-P42",
                "The file %s, which a secret is read from, %s. Nothing was changed. ".formatted(path, why)
                        + "Put the secret there, readable by the user of this process only, then try again.",
                cause);
    }
}

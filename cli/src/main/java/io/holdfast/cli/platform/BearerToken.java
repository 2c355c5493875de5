package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The token that lets its holder into a console. It never shows itself. */
record BearerToken(String secret) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{20,512}");
    private static final Set<PosixFilePermission> OWNER = EnumSet.copyOf(PosixFilePermissions.fromString("rwx------"));

    /** Reads a file that holds a token and nothing else, and that nobody but its owner can read or write. */
    static BearerToken in(Path file) {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw unusable(
                        file,
                        "other users can read or write it",
                        "If nobody else can have used it: chmod 600 %s; otherwise delete it and start Holdfast again, which makes a new one"
                                .formatted(file));
            }
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            if (lines.size() != 1 || !TOKEN.matcher(lines.getFirst()).matches()) {
                throw unusable(file, "it does not hold one token and nothing else", "Name the right file");
            }
            return new BearerToken(lines.getFirst());
        } catch (NoSuchFileException _) {
            throw unusable(file, "there is no such file", "Name the right file with --token-file");
        } catch (IOException | UnsupportedOperationException e) {
            throw unusable(file, "it cannot be read: " + e.getClass().getSimpleName(), "Let this user read it");
        }
    }

    private static CliException unusable(Path file, String why, String remedy) {
        return Code.TOKEN_UNUSABLE.because(
                "Cannot use the token file %s: %s. Nothing was changed. %s.".formatted(file, why, remedy));
    }

    @Override
    public String toString() {
        return "BearerToken[redacted]";
    }
}

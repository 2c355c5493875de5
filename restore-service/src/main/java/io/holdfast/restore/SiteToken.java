package io.holdfast.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What the console shows to be let in. The file is read at each use, so that a new token counts at once. */
record SiteToken(@Nullable Path file) {

    private static final String SCHEME = "Bearer ";

    /**
     * Whether an Authorization header carries the token; never where no token is set.
     *
     * @throws IOException if the token's file cannot be read
     */
    boolean admits(@Nullable String authorization) throws IOException {
        if (file == null || authorization == null || !authorization.startsWith(SCHEME)) {
            return false;
        }
        byte[] expected = token(file).getBytes(StandardCharsets.UTF_8);
        byte[] shown = authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
        return expected.length > 0 && MessageDigest.isEqual(expected, shown);
    }

    private static String token(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(
                    "HF-R14 The token file %s cannot be read: %s. No archive is served; restores work. Correct holdfast.restore-service.token-file."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }
}

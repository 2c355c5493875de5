package io.holdfast.cli;

import io.holdfast.vault.backend.s3.S3Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody needs who has nothing left but a copy of a repository: where, which password, how.
 *
 * @param password where the password lies; never the password itself
 * @param passwordFile null where it lies in no file
 * @param credentials what access to the place needs beside the password; null for a directory
 */
record RecoverySheet(
        String repository,
        String password,
        @Nullable String passwordFile,
        @Nullable String credentials) {

    private static final String KEYS = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

    static RecoverySheet of(String place, PasswordSource source) {
        boolean s3 = S3Location.isS3(place);
        return new RecoverySheet(
                s3 ? place : Path.of(place).toAbsolutePath().normalize().toString(),
                source.described(),
                source instanceof PasswordSource.InFile file ? file.absolute() : null,
                s3 ? KEYS : null);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("RECOVERY SHEET: keep a copy of it, and of the password, away from this machine.");
        lines.add("  Where     " + repository);
        lines.add("  Password  " + password + ". Without it nothing can ever be read again.");
        if (credentials != null) {
            lines.add("  Access    set " + credentials);
        }
        lines.add("  How, with holdfast and nothing running:");
        lines.addAll(variables("HOLDFAST"));
        lines.add("    holdfast vault snapshots");
        lines.add("    holdfast vault restore latest --target DIR");
        lines.add("  How, with stock restic 0.14 or later and without holdfast:");
        lines.addAll(variables("RESTIC"));
        lines.add("    restic snapshots");
        lines.add("    restic restore latest --target DIR");
        return lines;
    }

    private List<String> variables(String program) {
        List<String> lines = new ArrayList<>();
        lines.add("    export %s_REPOSITORY=%s".formatted(program, Text.quoted(repository)));
        if (passwordFile != null) {
            lines.add("    export %s_PASSWORD_FILE=%s".formatted(program, Text.quoted(passwordFile)));
        }
        return lines;
    }
}

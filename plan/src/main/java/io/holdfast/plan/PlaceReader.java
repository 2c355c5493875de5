package io.holdfast.plan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads what lies somewhere: paths, locations, secrets.
 *
 * @param base what relative paths are relative to; null if there is no such directory
 */
record PlaceReader(@Nullable Path base) {

    @Nullable
    Path path(Located at, Problems problems) {
        String text = Values.text(at, problems);
        return text == null ? null : resolve(text, at, problems);
    }

    @Nullable
    Location location(Located at, Problems problems) {
        String text = Values.text(at, problems);
        if (text == null) {
            return null;
        }
        try {
            if (Locations.isRemote(text)) {
                return Location.parse(text);
            }
        } catch (IllegalArgumentException e) {
            problems.add(
                    Code.BAD_VALUE,
                    at,
                    String.valueOf(e.getMessage()),
                    "Write restic's syntax, such as s3:https://host:port/bucket/path, or a directory");
            return null;
        }
        Path directory = resolve(text, at, problems);
        return directory == null ? null : new Location.Directory(directory);
    }

    @Nullable
    SecretReference secret(Located at, Problems problems) {
        String text = Values.text(at, problems);
        if (text == null) {
            return null;
        }
        if (text.startsWith("file:")) {
            Path path = resolve(text.substring("file:".length()), at, problems);
            return path == null ? null : new SecretReference.File(path);
        }
        try {
            return SecretReference.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(
                    Code.LITERAL_SECRET,
                    at,
                    "a secret must not stand in the plan",
                    "Write env:NAME for an environment variable or file:PATH for a file"
                            + ", and change the secret if it stood here");
            return null;
        }
    }

    private @Nullable Path resolve(String text, Located at, Problems problems) {
        if (text.isEmpty() || text.startsWith("~")) {
            problems.add(
                    Code.BAD_VALUE, at, "'%s' is not a path".formatted(Values.shown(text)), "Write the path in full");
            return null;
        }
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
            if (base != null) {
                return base.resolve(path).normalize();
            }
            problems.add(
                    Code.BAD_VALUE,
                    at,
                    "'%s' is a relative path in a plan that does not lie in a directory".formatted(Values.shown(text)),
                    "Write the path in full, beginning with /");
        } catch (InvalidPathException e) {
            problems.add(
                    Code.BAD_VALUE,
                    at,
                    "'%s' is not a path: %s".formatted(Values.shown(text), e.getReason()),
                    "Write the path in full, beginning with /");
        }
        return null;
    }
}

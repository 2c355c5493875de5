package io.holdfast.vault.backend;

import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backend.local.LocalShelf;
import io.holdfast.vault.backend.s3.S3Backend;
import io.holdfast.vault.backend.s3.S3Credentials;
import io.holdfast.vault.backend.s3.S3Location;
import io.holdfast.vault.backend.s3.S3Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the place a location names, as restic's {@code --repo} would name it: a directory, or {@code s3:…}. */
public final class Backends {

    private static final String LOCAL = "local:";
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final List<String> UNSUPPORTED =
            List.of("sftp:", "rest:", "b2:", "azure:", "gs:", "swift:", "rclone:");

    private Backends() {}

    /**
     * Opens a place; nothing is read or written there yet. Calls to an object store are repeated by
     * {@link RetrySettings#DEFAULT}.
     *
     * @param environment names to values, {@code System::getenv} for one: {@code AWS_ACCESS_KEY_ID} and
     *     {@code AWS_SECRET_ACCESS_KEY} or the same with {@code _FILE}, {@code AWS_DEFAULT_REGION} or {@code AWS_REGION}
     * @throws BackendException {@code MISCONFIGURED} when the location cannot be understood or credentials are missing
     */
    public static Backend open(String location, Function<String, @Nullable String> environment)
            throws BackendException {
        return open(location, environment, BackendOptions.defaults());
    }

    /**
     * The same, used as the options say.
     *
     * @throws BackendException {@code MISCONFIGURED} also when the place cannot do what they ask: a directory has no
     *     storage classes, locks and versions
     */
    public static Backend open(String location, Function<String, @Nullable String> environment, BackendOptions options)
            throws BackendException {
        if (isRemote(location)) {
            S3Location where = s3Location(location, environment);
            S3Backend s3 = S3Backend.at(where, credentials(where, environment), options);
            Backend place = options.asOf() == null ? s3 : s3.asOf(options.asOf());
            return new RetryingBackend(place, RetrySettings.DEFAULT);
        }
        return LocalBackend.at(directory(location, options), options.bandwidth());
    }

    /**
     * Opens a place below which repositories lie side by side; nothing is read or written there yet.
     *
     * @throws BackendException {@code MISCONFIGURED} as {@link #open(String, Function, BackendOptions)}, and when a time is
     *     asked for
     */
    public static Shelf shelf(String location, Function<String, @Nullable String> environment, BackendOptions options)
            throws BackendException {
        if (options.asOf() != null) {
            throw refused(location, "archives are not read as of a time", "Open one of them so.", null);
        }
        if (isRemote(location)) {
            S3Location place = s3Location(location, environment);
            return new S3Shelf(place, credentials(place, environment), options);
        }
        return new LocalShelf(directory(location, options), options.bandwidth());
    }

    /** Whether reading there is slow enough, and paid for, that a cache is worth its space. */
    public static boolean isRemote(String location) {
        return S3Location.isS3(location);
    }

    private static Path directory(String location, BackendOptions options) throws BackendException {
        if (location.isBlank()
                || location.contains("://")
                || UNSUPPORTED.stream().anyMatch(location::startsWith)) {
            throw refused(
                    withoutUserInfo(location), "this kind of place is not supported", "Use a directory or s3:…", null);
        }
        if (options.storageClass() != null || options.objectLock() != null || options.asOf() != null) {
            throw refused(
                    location,
                    "a directory has no storage classes, no object lock and no versions",
                    "Ask for none of them, or use s3:…",
                    null);
        }
        try {
            return Path.of(location.startsWith(LOCAL) ? location.substring(LOCAL.length()) : location);
        } catch (InvalidPathException e) {
            throw refused(location, "this is no path", "Use a directory or s3:…", e);
        }
    }

    private static S3Location s3Location(String location, Function<String, @Nullable String> environment)
            throws BackendException {
        try {
            String region = value("AWS_DEFAULT_REGION", environment);
            return S3Location.parse(location, region == null ? value("AWS_REGION", environment) : region);
        } catch (IllegalArgumentException e) {
            throw refused(withoutUserInfo(location), String.valueOf(e.getMessage()), "Correct the location.", null);
        }
    }

    private static S3Credentials credentials(S3Location place, Function<String, @Nullable String> environment)
            throws BackendException {
        return new S3Credentials(secret(ACCESS_KEY, place, environment), secret(SECRET_KEY, place, environment));
    }

    private static String secret(String name, S3Location place, Function<String, @Nullable String> environment)
            throws BackendException {
        String value = value(name, environment);
        if (value != null) {
            return value;
        }
        String file = value(name + "_FILE", environment);
        String remedy = "Set %s, or %s_FILE to a file that holds it.".formatted(name, name);
        if (file == null) {
            throw refused(place.toString(), name + " is not set", remedy, null);
        }
        try {
            String content = Files.readString(Path.of(file)).strip();
            if (content.isEmpty()) {
                throw refused(place.toString(), "the file %s is empty".formatted(file), remedy, null);
            }
            return content;
        } catch (BackendException e) {
            throw e;
        } catch (IOException | InvalidPathException e) {
            throw refused(place.toString(), "%s_FILE cannot be read: %s".formatted(name, e), remedy, e);
        }
    }

    private static @Nullable String value(String name, Function<String, @Nullable String> environment) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static BackendException refused(String location, String why, String remedy, @Nullable Throwable cause) {
        return new Problem("open a repository", location)
                .because(Kind.MISCONFIGURED, why, "Nothing was changed. " + remedy, cause);
    }

    /** An address may carry a password before its host. */
    private static String withoutUserInfo(String location) {
        return location.replaceAll("//[^/]*@", "//");
    }
}

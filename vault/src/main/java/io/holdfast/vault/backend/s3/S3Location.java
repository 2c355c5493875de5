package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in an object store a repository lies.
 *
 * @param endpoint scheme, host and port of the store, without a path
 * @param prefix what precedes every key, without slashes at its ends; empty for the bucket's root
 * @param region the name to sign requests for; null to let an AWS endpoint tell, and for stores that have none
 */
public record S3Location(
        URI endpoint,
        String bucket,
        String prefix,
        @Nullable String region) {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final String SCHEME = "s3:";
    private static final String EXPECTED =
            "expected s3:https://host/bucket/prefix, s3:http://host:port/bucket or s3:s3.amazonaws.com/bucket";

    public S3Location {
        if (!isHttp(endpoint)) {
            throw new IllegalArgumentException("the endpoint is neither an http nor an https address; " + EXPECTED);
        }
        if (endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address contains credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead");
        }
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name that a bucket can have: 3 to 63 small letters, digits, dots and dashes; %s"
                            .formatted(bucket, EXPECTED));
        }
    }

    /** Whether the location is written in restic's syntax for object stores. */
    public static boolean isS3(String location) {
        return location.startsWith(SCHEME);
    }

    /**
     * Reads restic's syntax, in which a host without a scheme means https.
     *
     * @throws IllegalArgumentException when it is written differently, saying how it should be
     */
    public static S3Location parse(String location, @Nullable String region) {
        if (!isS3(location)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String address = location.substring(SCHEME.length());
        int scheme = address.indexOf("://");
        String name = scheme < 0 ? "https" : address.substring(0, scheme).toLowerCase(Locale.ROOT);
        String rest = scheme < 0 ? address : address.substring(scheme + 3);
        if (rest.startsWith("//")) {
            rest = rest.substring(2);
        }
        List<String> parts =
                Arrays.stream(rest.split("/")).filter(part -> !part.isEmpty()).toList();
        if (parts.size() < 2) {
            throw new IllegalArgumentException("the bucket is missing; " + EXPECTED);
        }
        String prefix = parts.stream().skip(2).collect(Collectors.joining("/"));
        return new S3Location(endpoint(name, parts.getFirst()), parts.get(1), prefix, region);
    }

    /** The key of a repository's file. */
    String key(Handle handle) {
        return below(handle.path());
    }

    /** What precedes the keys of all files of the type. */
    String keyPrefix(FileType type) {
        return type == FileType.CONFIG ? key(Handle.CONFIG) : below(type.directory() + "/");
    }

    /** The repository's file with this key; nothing when the key is none of its own. */
    Optional<Handle> handle(FileType type, String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (type == FileType.CONFIG ? !name.equals(Handle.CONFIG.name()) : !Handle.isId(name)) {
            return Optional.empty();
        }
        return Optional.of(new Handle(type, name)).filter(handle -> key(handle).equals(key));
    }

    /** A place below this one. */
    S3Location resolve(String name) {
        return new S3Location(endpoint, bucket, below(name), region);
    }

    /** What precedes the keys of everything below this place; empty for the bucket's root. */
    String keyPrefix() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    private String below(String path) {
        return prefix.isEmpty() ? path : prefix + "/" + path;
    }

    /** In restic's syntax, as an operator would type it. */
    @Override
    public String toString() {
        return SCHEME + endpoint + "/" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    private static URI endpoint(String scheme, String authority) {
        try {
            return new URI(scheme + "://" + authority);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("the endpoint cannot be read; " + EXPECTED);
        }
    }

    private static boolean isHttp(URI endpoint) {
        return ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                && endpoint.getHost() != null;
    }
}

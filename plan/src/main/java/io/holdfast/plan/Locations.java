package io.holdfast.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads restic's location syntax. */
final class Locations {

    private static final Pattern OTHER_SCHEME = Pattern.compile("(sftp|rest|b2|gs|azure|swift|rclone|https?):.*");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private Locations() {}

    /** Whether it is anything but a directory. */
    static boolean isRemote(String text) {
        return text.startsWith("s3:") || OTHER_SCHEME.matcher(text).matches();
    }

    static Location parse(String text) {
        if (text.startsWith("s3:")) {
            return s3(text.substring("s3:".length()));
        }
        Names.require(
                !OTHER_SCHEME.matcher(text).matches(),
                "'%s' is a kind of place that is not supported; write s3:https://host/bucket or a directory",
                text);
        return new Location.Directory(Path.of(text).normalize());
    }

    private static Location.S3 s3(String rest) {
        Names.require(
                rest.indexOf('@') < 0,
                "a location must not hold credentials; give access-key and secret-key beside it");
        String url = rest.startsWith("http://") || rest.startsWith("https://")
                ? rest
                : "https://" + (rest.startsWith("//") ? rest.substring(2) : rest);
        try {
            URI uri = new URI(url);
            Names.require(uri.getHost() != null, "'s3:%s' names no host; write s3:https://host/bucket", rest);
            Names.require(
                    uri.getUserInfo() == null, "a location must not hold credentials; use access-key, secret-key");
            Names.require(
                    uri.getQuery() == null && uri.getFragment() == null, "'s3:%s' must end with bucket or path", rest);
            String[] path = strip(uri.getPath()).split("/", 2);
            Names.require(!path[0].isEmpty(), "'s3:%s' names no bucket; write s3:https://host/bucket", rest);
            Names.require(
                    BUCKET.matcher(path[0]).matches(),
                    "'%s' is no name that a bucket can have: 3 to 63 small letters, digits, dots and dashes",
                    path[0]);
            URI endpoint = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
            return new Location.S3(endpoint, path[0], path.length == 2 ? path[1] : "");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'s3:%s' is not a location; write s3:https://host/bucket".formatted(rest), e);
        }
    }

    private static String strip(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}

package io.holdfast.plan;

import java.net.URI;
import java.nio.file.Path;

/** A place for repositories, in restic's location syntax: {@code s3:http://host:port/bucket/prefix} or a directory. */
public sealed interface Location {

    /** As restic and the events write it. */
    String wire();

    /** The place below this one which holds the stack's repository. */
    Location of(String stack);

    /**
     * Reads what {@link #wire()} writes, and restic's shorter forms: {@code s3:host/bucket} means https.
     *
     * @throws IllegalArgumentException with an operator's text
     */
    static Location parse(String text) {
        return Locations.parse(text);
    }

    /**
     * A bucket of an S3 server, or a part of one.
     *
     * @param endpoint scheme, host and port only
     * @param prefix without slashes at its ends; empty for the whole bucket
     */
    record S3(URI endpoint, String bucket, String prefix) implements Location {

        public S3 {
            Names.require(
                    endpoint.getHost() != null && endpoint.getRawPath().isEmpty(),
                    "an endpoint is a scheme, a host and a port, was %s",
                    endpoint);
            Names.text("bucket", bucket);
        }

        @Override
        public String wire() {
            return "s3:%s/%s%s".formatted(endpoint, bucket, prefix.isEmpty() ? "" : "/" + prefix);
        }

        @Override
        public S3 of(String stack) {
            Names.name("stack", stack);
            return new S3(endpoint, bucket, prefix.isEmpty() ? stack : prefix + "/" + stack);
        }
    }

    /** A directory of the site's host, on another disk or mount. */
    record Directory(Path path) implements Location {

        public Directory {
            Names.require(path.isAbsolute(), "the directory of a region must be absolute, was %s", path);
        }

        @Override
        public String wire() {
            return path.toString();
        }

        @Override
        public Directory of(String stack) {
            return new Directory(path.resolve(Names.name("stack", stack)));
        }
    }
}

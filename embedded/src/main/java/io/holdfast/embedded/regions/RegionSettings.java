package io.holdfast.embedded.regions;

import java.nio.file.Path;

/**
 * One embedded region.
 *
 * @param name as the plan calls it; appears in messages
 * @param directory holds the buckets, one directory each; made when missing
 * @param port on 127.0.0.1; 0 lets the system choose
 * @param bucket made when missing
 * @param accessKey what callers identify themselves by
 * @param secretKey what callers sign with; never shown
 */
public record RegionSettings(String name, Path directory, int port, String bucket, String accessKey, String secretKey) {

    @Override
    public String toString() {
        return "RegionSettings[name=%s, directory=%s, port=%d, bucket=%s]".formatted(name, directory, port, bucket);
    }
}

package io.holdfast.console.api;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a download is packed as. */
enum ArchiveFormat {
    TAR_GZ("tar.gz", "application/gzip"),
    TAR_ZST("tar.zst", "application/zstd"),
    TAR("tar", "application/x-tar");

    private final String wire;
    private final String mediaType;

    ArchiveFormat(String wire, String mediaType) {
        this.wire = wire;
        this.mediaType = mediaType;
    }

    static ArchiveFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.wire.equals(name))
                .findFirst()
                .orElseThrow(() -> Checks.invalid("The format '%s' is not known; it is one of %s."
                        .formatted(
                                name, Arrays.stream(values()).map(f -> f.wire).collect(Collectors.joining(", ")))));
    }

    String wire() {
        return wire;
    }

    String mediaType() {
        return mediaType;
    }
}

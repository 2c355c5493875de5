package io.holdfast.restore;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The forms an archive can be downloaded in. */
enum ArchiveFormat {
    TAR_GZ("tar.gz", "application/gzip"),
    TAR_ZST("tar.zst", "application/zstd"),
    TAR("tar", "application/x-tar");

    private final String suffix;
    private final String mediaType;

    ArchiveFormat(String suffix, String mediaType) {
        this.suffix = suffix;
        this.mediaType = mediaType;
    }

    static ArchiveFormat parse(String text) throws RestoreRefusal {
        return Arrays.stream(values())
                .filter(format -> format.suffix.equals(text))
                .findFirst()
                .orElseThrow(() -> new RestoreRefusal(
                        RestoreRefusal.UNKNOWN_FORMAT,
                        "'%s' is no archive format. Nothing was read. Choose one of %s."
                                .formatted(
                                        text,
                                        Arrays.stream(values())
                                                .map(ArchiveFormat::suffix)
                                                .collect(Collectors.joining(", ")))));
    }

    String suffix() {
        return suffix;
    }

    String mediaType() {
        return mediaType;
    }

    /** Closing the result ends the archive properly; leaving it open leaves a reader with an error. */
    OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case TAR_GZ -> new GZIPOutputStream(out, 64 * 1024);
            case TAR_ZST -> new ZstdOutputStream(out);
            case TAR -> out;
        };
    }
}

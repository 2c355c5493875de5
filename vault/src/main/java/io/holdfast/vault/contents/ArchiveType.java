package io.holdfast.vault.contents;

import java.io.OutputStream;

/** What an archive of files is written as. */
public enum ArchiveType {
    /**
     * POSIX tar, uncompressed, with everything that a snapshot holds but sockets: owners, modes, times to the
     * nanosecond, links, devices, extended attributes and access control lists, names as bytes.
     */
    TAR,
    /**
     * Zip, compressed: files, directories and symbolic links with mode and time. Names that are not UTF-8 are spelled with
     * {@code \xNN} for what is not. What lies in it is listed in memory until the end.
     */
    ZIP;

    ArchiveFormat to(OutputStream out) {
        return switch (this) {
            case TAR -> new TarFormat(out);
            case ZIP -> new ZipFormat(out);
        };
    }
}

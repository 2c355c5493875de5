package io.holdfast.vault.contents;

/**
 * What was counted.
 *
 * @param files with directories and the like when counting by {@link StatsMode#RESTORE_SIZE}
 * @param size in bytes
 * @param raw only when counting {@link StatsMode#RAW_DATA}
 */
public record StatsTotals(long snapshots, long files, long blobs, long size, Raw raw) {

    /**
     * Sealed blobs, in bytes.
     *
     * @param uncompressed what all blobs would take without compression
     * @param compressed what the compressed ones take
     * @param compressedBefore what those would take without compression
     */
    public record Raw(long uncompressed, long compressed, long compressedBefore) {

        static final Raw NONE = new Raw(0, 0, 0);
    }

    /** How much smaller compression makes what is compressed: 2 stands for half; 0 when nothing is. */
    public double compressionRatio() {
        return raw.compressed == 0 ? 0 : (double) raw.compressedBefore / raw.compressed;
    }

    /** The share of all bytes that are compressed, in percent. */
    public double compressionProgress() {
        return raw.uncompressed == 0 ? 0 : 100.0 * raw.compressedBefore / raw.uncompressed;
    }

    /** What compression saves of all bytes, in percent. */
    public double compressionSpaceSaving() {
        return raw.uncompressed == 0 ? 0 : 100.0 * (1 - (double) size / raw.uncompressed);
    }
}

package io.holdfast.vault.backup;

/**
 * A file that did not stay as it was while a backup read what lies around it. Nothing failed: a power cut at that moment
 * would have left the like.
 *
 * @param path the file concerned
 */
public record Change(String path, Kind kind) {

    public enum Kind {
        /** It was read to its end, while something wrote to it or put another in its place. */
        CHANGED("changed while it was read; what was stored may never have existed"),
        /** It was listed, and gone when it was to be read. The snapshot lacks it. */
        VANISHED("vanished before it was read");

        private final String what;

        Kind(String what) {
            this.what = what;
        }
    }

    @Override
    public String toString() {
        return path + ": " + kind.what;
    }
}

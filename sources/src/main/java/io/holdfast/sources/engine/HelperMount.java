package io.holdfast.sources.engine;

/** What a helper container sees at a path. Nothing of the image is copied into an empty volume. */
public sealed interface HelperMount {

    String destination();

    boolean isReadOnly();

    /** By name; refuses one that could be taken for something else. */
    record OfVolume(String volume, String destination, boolean isReadOnly) implements HelperMount {
        public OfVolume {
            Names.name("volume", volume);
            Names.path("destination", destination);
        }
    }

    /** @param source on the engine's host, where it must exist */
    record OfHostPath(String source, String destination, boolean isReadOnly) implements HelperMount {
        public OfHostPath {
            Names.path("source", source);
            Names.path("destination", destination);
        }
    }

    static HelperMount volume(String volume, String destination) {
        return new OfVolume(volume, destination, false);
    }
}

package io.holdfast.sources.component;

import java.io.IOException;
import java.util.Optional;

/**
 * One component as the plan describes it: how it is captured, and the way back into its own place. One implementation
 * per kind of the plan's {@code Source}, in a package of its own.
 *
 * <p>Making any of these touches nothing yet; each is used once.
 */
public interface ComponentSource {

    Capture capture();

    /**
     * Hands out whatever is still there, as it is and without bringing anything to rest. For the state just before a
     * restore, and for emergencies; without roots if nothing is there. What is there and cannot be read is handed out
     * too, so that keeping it fails instead of passing it over. Whoever asks closes it.
     */
    Content salvage() throws IOException;

    WayBack wayBack();

    /**
     * The way back into a volume of the engine that is made for it, for others to look at or to start something on. Its own
     * place is not touched. Empty for what is not the content of one directory.
     *
     * @param restore whose the volume is: the same restore goes on with it after a crash, and no other touches it
     */
    default Optional<WayBack> intoNewVolume(String volume, String restore) {
        return Optional.empty();
    }

    /**
     * What an operator does with the files of a snapshot, restored into a directory, to bring the component back without
     * Holdfast. Stands in the manifest of every recovery point.
     */
    default String byHand() {
        return "Put the files back to where they were.";
    }
}

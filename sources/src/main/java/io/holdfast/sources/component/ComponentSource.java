package io.holdfast.sources.component;

import java.io.IOException;

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
     * What an operator does with the files of a snapshot, restored into a directory, to bring the component back without
     * Holdfast. Stands in the manifest of every recovery point.
     */
    default String byHand() {
        return "Put the files back to where they were.";
    }
}

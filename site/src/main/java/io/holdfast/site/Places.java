package io.holdfast.site;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Backends;
import java.io.IOException;
import java.util.Map;

/** Opens the places that repositories lie in. */
@FunctionalInterface
public interface Places {

    /**
     * Opens a place.
     *
     * @param location a directory, or {@code s3:…} as restic writes it
     * @param credentials by the names of the environment variables that would hold them
     */
    Backend open(String location, Map<String, String> credentials) throws IOException;

    /** Directories and S3. */
    static Places real() {
        return (location, credentials) -> Backends.open(location, credentials::get);
    }
}

package io.holdfast.sources.quiesce;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Programs of this host, run without a shell. */
@FunctionalInterface
public interface Programs {

    /**
     * Runs one to its end.
     *
     * @return what it printed
     * @throws IOException if it cannot be started, ends with another status than 0 or takes too long; then it was killed
     */
    String run(List<String> argv, Duration limit) throws IOException;
}

package io.holdfast.embedded.broker;

import java.nio.file.Path;

/**
 * Where the embedded broker lives. Its data stay between runs, and so do ports that it chose itself.
 *
 * @param directory made when missing; belongs to one running broker at a time
 * @param port for clients, on 127.0.0.1; 0 chooses one
 * @param controllerPort for the broker's own controller, on 127.0.0.1; 0 chooses one
 */
public record BrokerSettings(Path directory, int port, int controllerPort) {

    /** A broker on ports of its own choice. */
    public static BrokerSettings in(Path directory) {
        return new BrokerSettings(directory, 0, 0);
    }
}

package io.holdfast.embedded.broker;

import io.holdfast.embedded.LoopbackPorts;
import java.nio.file.Path;

/**
 * Where the embedded broker lives. Its data stay between runs, and so do ports that it chose itself.
 *
 * @param directory made when missing; belongs to one running broker at a time
 * @param ports where the ports are kept
 * @param port for clients, on 127.0.0.1; 0 chooses one
 * @param controllerPort for the broker's own controller, on 127.0.0.1; 0 chooses one
 */
public record BrokerSettings(Path directory, LoopbackPorts ports, int port, int controllerPort) {

    /** A broker on ports of its own choice, which it keeps in the file {@code ports} of its directory. */
    public static BrokerSettings in(Path directory) {
        return in(directory, new LoopbackPorts(directory.resolve("ports")));
    }

    /** A broker on ports of its own choice, none of which another server of the same ports has. */
    public static BrokerSettings in(Path directory, LoopbackPorts ports) {
        return new BrokerSettings(directory, ports, 0, 0);
    }
}

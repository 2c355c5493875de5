package io.holdfast.embedded.broker;

import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.LoopbackPorts;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what Kafka says into what an operator can act on. */
final class BrokerFailure {

    /** Kafka keeps a few files of this size open; below it the disk is as good as full. */
    private static final long NEXT_TO_NOTHING = 16L << 20;

    private BrokerFailure() {}

    static EmbeddedPartException atStart(Throwable failure, BrokerDirectory directory, int port, int controllerPort) {
        List<Throwable> causes =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        if (causes.stream().anyMatch(BindException.class::isInstance)) {
            boolean controller = says(causes, BrokerConfiguration.at(controllerPort));
            return controller
                    ? LoopbackPorts.inUse("controller", controllerPort, failure)
                    : LoopbackPorts.inUse(EmbeddedBroker.PORT_NAME, port, failure);
        }
        if (says(causes, ".lock")) {
            return directory.inUse(failure);
        }
        if (isFull(causes, directory.log())) {
            return full("Cannot start the broker", directory, failure);
        }
        return directory.damaged("Kafka does not start on it: " + causes.getLast(), failure);
    }

    static EmbeddedPartException whileRunning(BrokerDirectory directory) {
        if (isFull(List.of(), directory.log())) {
            return full("The broker had to stop", directory, null);
        }
        return new EmbeddedPartException(
                "HF-S15",
                ("The broker had to stop: it can no longer write to %s. Backups are not kept there and are safe; no new "
                                + "ones are asked for until it runs again. The log lines before this one name the fault; "
                                + "look at the disk, then start again.")
                        .formatted(directory.log()),
                null);
    }

    private static EmbeddedPartException full(String what, BrokerDirectory directory, @Nullable Throwable cause) {
        return new EmbeddedPartException(
                "HF-S14",
                ("%s: no space is left on the disk of %s. Backups are not kept there and are safe; no new ones are "
                                + "asked for until it runs again. Free some space, then start again.")
                        .formatted(what, directory.log()),
                cause);
    }

    private static boolean says(List<Throwable> causes, String words) {
        return causes.stream()
                .anyMatch(cause ->
                        Objects.requireNonNullElse(cause.getMessage(), "").contains(words));
    }

    private static boolean isFull(List<Throwable> causes, Path path) {
        if (says(causes, "No space left on device")) {
            return true;
        }
        try {
            return Files.getFileStore(path).getUsableSpace() < NEXT_TO_NOTHING;
        } catch (IOException _) {
            return false;
        }
    }
}

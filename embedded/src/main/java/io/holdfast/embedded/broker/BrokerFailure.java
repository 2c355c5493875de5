package io.holdfast.embedded.broker;

import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.WriteFault;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        Optional<WriteFault> fault = WriteFault.behind(failure, directory.log());
        if (fault.isEmpty() && says(causes, ".lock")) {
            return directory.inUse(failure);
        }
        fault = fault.or(() -> WriteFault.ofSpace(directory.log(), NEXT_TO_NOTHING));
        if (fault.isPresent()) {
            return machine("Cannot start the broker", fault.get(), failure);
        }
        return directory.damaged("Kafka does not start on it: " + causes.getLast(), failure);
    }

    static EmbeddedPartException whileRunning(BrokerDirectory directory) {
        Optional<WriteFault> fault =
                WriteFault.probe(directory.log()).or(() -> WriteFault.ofSpace(directory.log(), NEXT_TO_NOTHING));
        if (fault.isPresent()) {
            return machine("The broker had to stop", fault.get(), null);
        }
        return new EmbeddedPartException(
                "HF-S15",
                ("The broker had to stop: it can no longer write to %s. Backups are not kept there and are safe; no new "
                                + "ones are asked for until it runs again. The log lines before this one name the fault; "
                                + "look at the disk, then start again.")
                        .formatted(directory.log()),
                null);
    }

    private static EmbeddedPartException machine(String what, WriteFault fault, @Nullable Throwable cause) {
        return new EmbeddedPartException(
                "HF-S14",
                "%s: %s"
                        .formatted(
                                what,
                                fault.told(
                                        "Backups are not kept there and are safe; no new ones are asked for until it runs again.")),
                cause);
    }

    private static boolean says(List<Throwable> causes, String words) {
        return causes.stream()
                .anyMatch(cause ->
                        Objects.requireNonNullElse(cause.getMessage(), "").contains(words));
    }
}

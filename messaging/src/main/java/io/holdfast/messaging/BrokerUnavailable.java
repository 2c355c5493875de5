package io.holdfast.messaging;

import org.jspecify.annotations.Nullable;

/** The broker does not answer, or refuses. Nothing is lost: what was to be done is done once it is back. */
public final class BrokerUnavailable extends RuntimeException {

    public BrokerUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

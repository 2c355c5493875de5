package io.holdfast.worker;

import java.io.IOException;

/** The scheduler asked again while this attempt ran: the newer one takes over. */
final class Superseded extends IOException {
    Superseded(String message) {
        super(message);
    }
}

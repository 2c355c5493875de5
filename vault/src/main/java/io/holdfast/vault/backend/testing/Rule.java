package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault and the calls it waits for, counted across threads. */
final class Rule {

    private final Trigger trigger;
    private final Fault fault;
    private final AtomicInteger matched = new AtomicInteger();

    Rule(Trigger trigger, Fault fault) {
        this.trigger = trigger;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    boolean strikes(Operation operation, FileType type) {
        return trigger.matches(operation, type) && trigger.includes(matched.incrementAndGet());
    }
}

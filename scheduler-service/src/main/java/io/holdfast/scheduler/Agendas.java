package io.holdfast.scheduler;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The agendas of a task's stacks. They lie in the store; beside it they are held as objects, with the instant at which
 * each has something to do, so that a tick costs one comparison for a stack that is not due.
 */
final class Agendas {

    private final KeyValueStore<String, StackAgenda> store;
    private final Map<String, StackAgenda> held = new HashMap<>();
    private final Map<String, Instant> wakeAt = new HashMap<>();

    Agendas(KeyValueStore<String, StackAgenda> store) {
        this.store = store;
        try (var stored = store.all()) {
            stored.forEachRemaining(entry -> hold(entry.value));
        }
    }

    StackAgenda of(String stack) {
        return held.getOrDefault(stack, StackAgenda.empty(stack));
    }

    List<StackAgenda> all() {
        return List.copyOf(held.values());
    }

    List<StackAgenda> due(Instant now) {
        return held.values().stream()
                .filter(agenda -> !now.isBefore(wakeAt.getOrDefault(agenda.stack(), Instant.MAX)))
                .toList();
    }

    void keep(StackAgenda agenda) {
        if (!agenda.equals(of(agenda.stack()))) {
            store.put(agenda.stack(), agenda);
        }
        hold(agenda);
    }

    /** Leaves a stack alone until then. */
    void postpone(String stack, Instant until) {
        wakeAt.put(stack, until);
    }

    private void hold(StackAgenda agenda) {
        held.put(agenda.stack(), agenda);
        wakeAt.put(agenda.stack(), agenda.wakeAt());
    }
}

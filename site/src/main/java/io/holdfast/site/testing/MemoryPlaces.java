package io.holdfast.site.testing;

import io.holdfast.site.Places;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One repository in memory per location; each can be made to misbehave. */
public final class MemoryPlaces implements Places {

    private record Place(MemoryBackend held, FaultyBackend faulty) {}

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> credentials = new ConcurrentHashMap<>();

    @Override
    public Backend open(String location, Map<String, String> credentials) {
        this.credentials.put(location, credentials);
        return place(location).faulty();
    }

    /** The place as its callers see it, to give it faults. */
    public FaultyBackend at(String location) {
        return place(location).faulty();
    }

    /** What the place really holds, to look at or to damage. */
    public MemoryBackend heldAt(String location) {
        return place(location).held();
    }

    /** Lets a place answer nothing until it is healed. */
    public void takeDown(String location) {
        for (Operation operation : Operation.values()) {
            at(location).on(Trigger.of(operation), new Fault.Failure(Kind.UNREACHABLE));
        }
    }

    /** The credentials that the place was last opened with. */
    public Map<String, String> credentialsFor(String location) {
        return credentials.getOrDefault(location, Map.of());
    }

    private Place place(String location) {
        return places.computeIfAbsent(location, _ -> {
            var held = new MemoryBackend();
            return new Place(held, new FaultyBackend(held));
        });
    }
}

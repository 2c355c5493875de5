package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Shelf;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Repositories in memory, side by side. */
public final class MemoryShelf implements Shelf {

    private final Map<String, MemoryBackend> places = new ConcurrentHashMap<>();
    private final UnaryOperator<Backend> seenAs;

    /** @param seenAs what is put around each place that is opened, such as faults */
    public MemoryShelf(UnaryOperator<Backend> seenAs) {
        this.seenAs = seenAs;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public List<String> names() {
        return places.entrySet().stream()
                .filter(place -> !place.getValue().handles().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Backend open(String name) {
        return seenAs.apply(at(name));
    }

    @Override
    public void clear(String name) {
        places.remove(name);
    }

    /** What lies there, past whatever it is seen through. */
    public MemoryBackend at(String name) {
        return places.computeIfAbsent(name, _ -> new MemoryBackend());
    }
}

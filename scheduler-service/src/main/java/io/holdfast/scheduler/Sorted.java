package io.holdfast.scheduler;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Maps that do not change, sorted so that the same state is always the same JSON. */
final class Sorted {

    private Sorted() {}

    static <V> NavigableMap<String, V> by(Collection<V> values, Function<V, String> key) {
        var sorted = new TreeMap<String, V>();
        values.forEach(value -> sorted.put(key.apply(value), value));
        return Collections.unmodifiableNavigableMap(sorted);
    }

    static <V> NavigableMap<String, V> with(NavigableMap<String, V> map, String key, V value) {
        var changed = new TreeMap<>(map);
        changed.put(key, value);
        return Collections.unmodifiableNavigableMap(changed);
    }

    static <V> NavigableMap<String, V> mapped(NavigableMap<String, V> map, UnaryOperator<V> change) {
        var changed = new TreeMap<>(map);
        changed.replaceAll((_, value) -> change.apply(value));
        return Collections.unmodifiableNavigableMap(changed);
    }
}

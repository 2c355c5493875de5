package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The wire names of all events, found by walking the sealed families. */
public final class EventTypes {

    private static final Map<String, Class<? extends Event>> BY_NAME = new TreeMap<>();

    static {
        register(Event.class);
    }

    private EventTypes() {}

    /** The wire name with its version, such as {@code backup-requested.v1}. */
    public static String nameOf(Class<? extends Event> type) {
        return type.getAnnotation(JsonTypeName.class).value();
    }

    public static Optional<Class<? extends Event>> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every event of the contract, sorted by wire name. */
    public static Collection<Class<? extends Event>> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    private static void register(Class<? extends Event> type) {
        if (!type.isSealed()) {
            BY_NAME.put(nameOf(type), type);
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            register(permitted.asSubclass(Event.class));
        }
    }
}

package io.holdfast.scheduler;

import java.util.Optional;

/** Keys of plan records that speak of components: {@code stack/component/name}. */
final class PlanKeys {

    private static final String KIND = "component";

    private PlanKeys() {}

    static Optional<String> stack(String key) {
        return part(key, 0);
    }

    static Optional<String> component(String key) {
        return part(key, 2);
    }

    private static Optional<String> part(String key, int index) {
        String[] parts = key.split("/", -1);
        return parts.length == 3 && parts[1].equals(KIND) ? Optional.of(parts[index]) : Optional.empty();
    }
}

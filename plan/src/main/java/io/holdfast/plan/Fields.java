package io.holdfast.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The keys and values of one mapping of the plan. */
final class Fields {

    private final Located at;
    private final Map<String, Located> values;
    private final Problems problems;

    private Fields(Located at, Map<String, Located> values, Problems problems) {
        this.at = at;
        this.values = values;
        this.problems = problems;
    }

    /** The fields of a mapping, with its unknown and duplicate keys reported; empty if it is not a mapping at all. */
    static Optional<Fields> of(Located at, List<String> known, Problems problems) {
        if (!(at.node() instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    at,
                    "this must have keys and values, but is %s".formatted(Values.typeOf(at)),
                    "Its keys are: " + String.join(", ", known));
            return Optional.empty();
        }
        Map<String, Located> values = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Located value = at.key(tuple.getValueNode(), key);
            Located keyAt = at.key(tuple.getKeyNode(), key);
            Located earlier = values.putIfAbsent(key, value);
            if (earlier != null) {
                problems.add(
                        Code.DUPLICATE_KEY,
                        keyAt,
                        "the key '%s' stands here for the second time, first with the value in line %d"
                                .formatted(key, earlier.line()),
                        "Keep one of the two");
            } else if (!known.contains(key)) {
                problems.add(
                        Code.UNKNOWN_KEY,
                        keyAt,
                        "there is no key '%s' here".formatted(Values.shown(key)),
                        Suggestion.remedy(key, known));
            }
        }
        return Optional.of(new Fields(at, values, problems));
    }

    Located at() {
        return at;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Where a key's value stands, or the mapping if it has none. */
    Located at(String key) {
        return values.getOrDefault(key, at);
    }

    <T> @Nullable T optional(String key, Value<T> value) {
        Located located = values.get(key);
        return located == null ? null : value.read(located, problems);
    }

    /** Also the fallback if the value is wrong, which is reported. */
    <T> T optional(String key, Value<T> value, T fallback) {
        T read = optional(key, value);
        return read == null ? fallback : read;
    }

    /** Null if the value is missing or wrong, which is reported. */
    <T> @Nullable T required(String key, String example, Value<T> value) {
        if (!has(key)) {
            problems.add(
                    Code.MISSING, at, "the key '%s' is missing".formatted(key), "Add %s: %s".formatted(key, example));
        }
        return optional(key, value);
    }
}

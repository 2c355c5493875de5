package io.holdfast.vault;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** How a snapshot's tags are to change. */
public sealed interface TagChange {

    /** These and no others. */
    record Set(List<String> tags) implements TagChange {
        public Set {
            tags = List.copyOf(tags);
        }
    }

    /** Some more, some less. */
    record Edit(List<String> add, List<String> remove) implements TagChange {
        public Edit {
            add = List.copyOf(add);
            remove = List.copyOf(remove);
        }
    }

    /** What becomes of these tags. */
    default List<String> applied(List<String> tags) {
        return switch (this) {
            case Set(List<String> all) -> all;
            case Edit(List<String> add, List<String> remove) -> {
                LinkedHashSet<String> changed = new LinkedHashSet<>(tags);
                changed.addAll(add);
                remove.forEach(changed::remove);
                yield new ArrayList<>(changed);
            }
        };
    }
}

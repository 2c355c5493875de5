package io.holdfast.vault.tree;

import java.util.ArrayList;
import java.util.List;

/** An absolute path within a snapshot; no parts means the root itself. */
public record SnapshotPath(List<Name> parts) {

    public SnapshotPath {
        parts = List.copyOf(parts);
    }

    /** Reads {@code /a/b}; empty parts are skipped, {@code .} and {@code ..} are an {@link IllegalArgumentException}. */
    public static SnapshotPath parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("'%s' is not an absolute path within a snapshot".formatted(text));
        }
        List<Name> parts = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            if (!part.isEmpty()) {
                Name name = Name.of(part);
                if (!name.isSafe()) {
                    throw new IllegalArgumentException("'%s' leaves the snapshot".formatted(text));
                }
                parts.add(name);
            }
        }
        return new SnapshotPath(parts);
    }

    public boolean isRoot() {
        return parts.isEmpty();
    }

    public SnapshotPath child(Name name) {
        List<Name> longer = new ArrayList<>(parts);
        longer.add(name);
        return new SnapshotPath(longer);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append('/').append(part));
        return text.isEmpty() ? "/" : text.toString();
    }
}

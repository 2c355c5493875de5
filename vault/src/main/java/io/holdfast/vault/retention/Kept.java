package io.holdfast.vault.retention;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Stream;

/** A snapshot and why it is kept, in restic's words where a rule says so. */
public record Kept(Snapshot snapshot, List<String> reasons) {

    public Kept {
        reasons = List.copyOf(reasons);
    }

    Kept because(String reason) {
        return new Kept(
                snapshot, Stream.concat(reasons.stream(), Stream.of(reason)).toList());
    }
}

package io.holdfast.cli.repository;

import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A snapshot as JSON shows it, with restic's names. */
public record ShownSnapshot(
        Instant time,
        @Nullable String parent,
        String tree,
        List<String> paths,
        String hostname,
        String username,
        List<String> tags,
        List<String> excludes,
        @Nullable String original,
        String programVersion,
        @Nullable Summary summary,
        String id,
        String shortId) {

    public static ShownSnapshot of(Snapshot snapshot) {
        return new ShownSnapshot(
                snapshot.time(),
                snapshot.parent().map(Object::toString).orElse(null),
                snapshot.tree().toString(),
                snapshot.paths(),
                snapshot.hostname(),
                snapshot.username(),
                snapshot.tags(),
                snapshot.excludes(),
                snapshot.original().map(Object::toString).orElse(null),
                snapshot.programVersion(),
                snapshot.summary().orElse(null),
                snapshot.id().toString(),
                snapshot.id().shortForm());
    }
}

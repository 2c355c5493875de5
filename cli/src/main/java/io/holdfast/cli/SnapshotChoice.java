package io.holdfast.cli;

import io.holdfast.vault.Entry;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot as an operator names it, with a place within it.
 *
 * @param name {@code latest}, an id, or how an id begins
 * @param path absolute, without a slash at its end
 */
record SnapshotChoice(String name, String path) {

    static final String LATEST = "latest";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{1,64}");

    /** Reads {@code NAME} or {@code NAME:PATH}. */
    static SnapshotChoice parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SnapshotChoice(text, "/")
                : new SnapshotChoice(text.substring(0, colon), trimmed(text.substring(colon + 1)));
    }

    SnapshotChoice at(String below) {
        return new SnapshotChoice(name, trimmed(below));
    }

    private static String trimmed(String path) {
        String bare = path.replaceFirst("/+$", "");
        return bare.isEmpty() ? "/" : bare;
    }

    Snapshot find(Vault vault, SnapshotOptions options) throws VaultException {
        return among(vault.snapshots(), options, vault.location());
    }

    /** @param all the newest first */
    Snapshot among(List<Snapshot> all, SnapshotOptions options, String location) {
        if (name.equals(LATEST)) {
            return all.stream()
                    .filter(options::matchLatest)
                    .findFirst()
                    .orElseThrow(() -> none(location, "no snapshot matches 'latest'"));
        }
        if (!ID.matcher(name).matches()) {
            throw none(location, "'%s' is neither 'latest' nor the id of a snapshot".formatted(name));
        }
        List<Snapshot> found = all.stream()
                .filter(snapshot -> snapshot.id().toString().startsWith(name))
                .toList();
        if (found.size() > 1) {
            throw none(location, "the ids of %d snapshots begin with '%s'".formatted(found.size(), name));
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> none(location, "no snapshot has the id '%s'".formatted(name)));
    }

    private static CliException none(String location, String why) {
        return Code.WHICH_SNAPSHOT.because(
                "Cannot choose a snapshot of %s: %s. Nothing was changed. See 'holdfast vault snapshots'."
                        .formatted(location, why));
    }

    /** What lies at the path; null for the root, which is no entry. */
    @Nullable
    Entry entry(Vault vault, Snapshot snapshot) throws VaultException {
        if (path.equals("/")) {
            return null;
        }
        int slash = path.lastIndexOf('/');
        Optional<Entry> found = entry(vault, snapshot, slash <= 0 ? "/" : path.substring(0, slash));
        return found.orElseThrow(() -> Code.WHICH_SNAPSHOT.because(
                "Snapshot %s does not hold %s. Nothing was changed. See 'holdfast vault ls %s'; paths in it are absolute."
                        .formatted(
                                snapshot.id().shortForm(), path, snapshot.id().shortForm())));
    }

    private Optional<Entry> entry(Vault vault, Snapshot snapshot, String parent) throws VaultException {
        Entry[] found = new Entry[1];
        vault.children(snapshot.id(), parent, entry -> {
            if (entry.path().equals(path)) {
                found[0] = entry;
            }
        });
        return Optional.ofNullable(found[0]);
    }
}

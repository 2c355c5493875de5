package io.holdfast.vault;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A snapshot as an operator names it, with a place within it.
 *
 * @param name {@code latest}, an id, or how one begins
 * @param path absolute, without a slash at its end
 */
public record SnapshotReference(String name, String path) {

    private static final String LATEST = "latest";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{1,64}");

    /** Reads {@code NAME} or {@code NAME:PATH}. */
    public static SnapshotReference parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SnapshotReference(text, "/")
                : new SnapshotReference(text.substring(0, colon), absolute(text.substring(colon + 1)));
    }

    /** The same snapshot, at another place. */
    public SnapshotReference at(String path) {
        return new SnapshotReference(name, absolute(path));
    }

    /** The same snapshot, at a place below this one; absolute or not, the path begins here. */
    public SnapshotReference below(String further) {
        String rest = absolute(further);
        return at(rest.equals("/") ? path : path.equals("/") ? rest : path + rest);
    }

    private static String absolute(String path) {
        String bare = path.replaceFirst("/+$", "");
        return bare.startsWith("/") ? bare : "/" + bare;
    }

    /**
     * Chooses the snapshot. None or several of that name are a {@link VaultException}.
     *
     * @param newestFirst of the vault
     * @param filter what {@code latest} may mean; an id needs no filter
     * @param location of the vault, for messages
     */
    Snapshot among(List<Snapshot> newestFirst, Predicate<Snapshot> filter, String location) throws VaultException {
        if (name.equals(LATEST)) {
            return newestFirst.stream()
                    .filter(filter)
                    .findFirst()
                    .orElseThrow(() -> none(location, "no snapshot matches 'latest'"));
        }
        if (!ID.matcher(name).matches()) {
            throw none(location, "'%s' is neither 'latest' nor the id of a snapshot".formatted(name));
        }
        List<Snapshot> found = newestFirst.stream()
                .filter(snapshot -> snapshot.id().toString().startsWith(name))
                .toList();
        if (found.size() > 1) {
            throw none(location, "the ids of %d snapshots begin with '%s'".formatted(found.size(), name));
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> none(location, "no snapshot has the id '%s'".formatted(name)));
    }

    private static VaultException none(String location, String why) {
        return new VaultException(
                VaultException.Code.NO_SUCH_SNAPSHOT,
                "Cannot choose a snapshot of %s: %s. Nothing was changed. List the snapshots to see which exist."
                        .formatted(location, why));
    }
}

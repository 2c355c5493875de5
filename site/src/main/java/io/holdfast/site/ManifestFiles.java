package io.holdfast.site;

import io.holdfast.events.ComponentId;
import io.holdfast.events.EventJson;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Where the manifest of a recovery point lies within its snapshot. */
public final class ManifestFiles {

    /** For people. */
    public static final String TEXT = "/MANIFEST.txt";

    /** For programs. */
    public static final String JSON = "/manifest.json";

    private ManifestFiles() {}

    /**
     * Which components have no snapshot in the recovery point.
     *
     * @throws IllegalArgumentException if it is no manifest that this program can read
     */
    public static List<String> missing(Vault vault, Snapshot manifest, String stack) throws VaultException {
        var json = new ByteArrayOutputStream();
        vault.contents().dump(manifest.id(), "/" + ComponentId.manifestOf(stack) + JSON, json);
        return EventJson.read(json.toByteArray(), Missing.class).missing();
    }

    private record Missing(List<String> missing) {}
}

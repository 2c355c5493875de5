package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.PackId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The index files and packs that a place lists, kept up with what is changed there. */
final class Listing {

    private final Set<Handle> indexFiles = new HashSet<>();
    private final Map<PackId, Long> packs = new HashMap<>();

    static Listing of(Backend backend) throws BackendException {
        Listing listing = new Listing();
        for (Backend.Entry entry : backend.list(FileType.INDEX)) {
            listing.indexFiles.add(entry.handle());
        }
        for (Backend.Entry entry : backend.list(FileType.PACK)) {
            listing.packs.put(PackId.parse(entry.handle().name()), entry.size());
        }
        return listing;
    }

    synchronized Set<Handle> indexFiles() {
        return Set.copyOf(indexFiles);
    }

    synchronized Set<PackId> packs() {
        return Set.copyOf(packs.keySet());
    }

    /** The pack's size in bytes; null when it is not listed. */
    synchronized @Nullable Long size(PackId pack) {
        return packs.get(pack);
    }

    synchronized void addIndexFile(Handle file) {
        indexFiles.add(file);
    }

    synchronized void removeIndexFile(Handle file) {
        indexFiles.remove(file);
    }

    synchronized void addPack(PackId pack, long size) {
        packs.put(pack, size);
    }

    synchronized void removePack(PackId pack) {
        packs.remove(pack);
    }

    /** Tells any two listings apart that differ in a name or a size. */
    synchronized Digest fingerprint() {
        Set<String> lines = new TreeSet<>();
        indexFiles.forEach(file -> lines.add(file.path()));
        packs.forEach((pack, size) -> lines.add(pack + " " + size));
        return Digest.ofContent(String.join("\n", lines).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}

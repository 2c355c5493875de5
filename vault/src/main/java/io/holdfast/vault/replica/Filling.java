package io.holdfast.vault.replica;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends the packs with blobs that the target lacks. A blob whose pack is damaged in the source is taken from another. */
final class Filling {

    private final Repository source;
    private final Replica target;
    private final Transfer transfer;

    Filling(Repository source, Replica target, Transfer transfer) {
        this.source = source;
        this.target = target;
        this.transfer = transfer;
    }

    /** Gives the reasons why some of the blobs could not be brought; none when the target now holds all of them. */
    Set<String> bring(Collection<BlobKey> blobs) throws IOException {
        Set<String> damage = new LinkedHashSet<>();
        Set<BlobKey> lacking = new LinkedHashSet<>();
        for (BlobKey blob : blobs) {
            if (!target.holds(blob)) {
                lacking.add(blob);
            }
        }
        while (!lacking.isEmpty()) {
            Set<PackId> packs = new LinkedHashSet<>();
            lacking.removeIf(blob -> {
                Optional<PackId> from = sound(blob, damage);
                from.ifPresent(packs::add);
                return from.isEmpty();
            });
            transfer.send(packs);
            lacking.removeIf(target::holds);
        }
        return damage;
    }

    private Optional<PackId> sound(BlobKey blob, Set<String> damage) {
        List<BlobIndex.Location> copies = source.index().current().copies(blob);
        Optional<PackId> from = copies.stream()
                .map(BlobIndex.Location::pack)
                .filter(pack -> !transfer.unreadable().containsKey(pack))
                .findFirst();
        if (from.isEmpty()) {
            damage.add(
                    copies.isEmpty()
                            ? "%s is in no index of the source".formatted(blob)
                            : String.valueOf(
                                    transfer.unreadable().get(copies.getFirst().pack())));
        }
        return from;
    }
}

package io.holdfast.vault.pack;

import io.holdfast.vault.model.PackId;
import java.util.Comparator;
import java.util.List;

/** A pack and the blobs in it, in file order. */
public record Pack(PackId id, List<PackedBlob> blobs) {

    public Pack {
        blobs = blobs.stream()
                .sorted(Comparator.comparingLong(PackedBlob::offset))
                .toList();
    }

    /** The size the file must have. */
    public long size() {
        return PackHeader.packSize(blobs);
    }
}

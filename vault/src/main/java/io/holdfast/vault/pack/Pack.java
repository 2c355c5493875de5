package io.holdfast.vault.pack;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.model.BlobType;
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

    /** The file, known as one of trees where it holds nothing else. */
    public Handle handle() {
        boolean trees =
                !blobs.isEmpty() && blobs.stream().allMatch(blob -> blob.key().type() == BlobType.TREE);
        return trees ? Handle.ofTrees(id.toString()) : new Handle(FileType.PACK, id.toString());
    }

    /** The size the file must have. */
    public long size() {
        return PackHeader.packSize(blobs);
    }
}

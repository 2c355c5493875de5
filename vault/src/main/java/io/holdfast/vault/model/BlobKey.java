package io.holdfast.vault.model;

/** What a blob is looked up by. */
public record BlobKey(BlobType type, BlobId id) {

    public static BlobKey data(BlobId id) {
        return new BlobKey(BlobType.DATA, id);
    }

    public static BlobKey tree(BlobId id) {
        return new BlobKey(BlobType.TREE, id);
    }

    @Override
    public String toString() {
        return type.word() + " blob " + id.shortForm();
    }
}

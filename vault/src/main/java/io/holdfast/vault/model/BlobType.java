package io.holdfast.vault.model;

/** What a blob holds. The same id may exist once as each. */
public enum BlobType {
    /** A piece of a file. */
    DATA,
    /** A directory. */
    TREE;

    /** The word index files use. */
    public String word() {
        return switch (this) {
            case DATA -> "data";
            case TREE -> "tree";
        };
    }
}

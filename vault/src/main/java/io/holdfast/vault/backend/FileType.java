package io.holdfast.vault.backend;

/** The kinds of files a repository holds (restic format, "Repository layout"). */
public enum FileType {
    CONFIG(""),
    KEY("keys"),
    PACK("data"),
    INDEX("index"),
    SNAPSHOT("snapshots"),
    LOCK("locks");

    private final String directory;

    FileType(String directory) {
        this.directory = directory;
    }

    /** The directory below the repository's root; empty for {@link #CONFIG}, which lies in the root itself. */
    public String directory() {
        return directory;
    }
}

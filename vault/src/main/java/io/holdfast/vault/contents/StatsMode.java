package io.holdfast.vault.contents;

/** What is counted, with restic's words. */
public enum StatsMode {
    /** What a restore would write; several names of one file count as one file's size. */
    RESTORE_SIZE("restore-size"),
    /** Each content once, whichever files have it. */
    FILES_BY_CONTENTS("files-by-contents"),
    /** Each chunk once per file that has it. */
    BLOBS_PER_FILE("blobs-per-file"),
    /** What lies in the repository, each blob once. */
    RAW_DATA("raw-data");

    private final String word;

    StatsMode(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}

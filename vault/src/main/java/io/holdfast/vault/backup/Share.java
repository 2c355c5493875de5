package io.holdfast.vault.backup;

/**
 * What one backup may do at once, which is what its memory follows from.
 *
 * @param threads how many files it reads
 * @param packsStored how many packs it stores, while it collects two more
 */
record Share(int threads, int packsStored) {

    /** What suffices to get on. */
    static final Share SMALL = new Share(1, 1);

    /** In MiB: a pack that is all but full, and the largest chunk that makes it so. */
    private static final int PACK = 25;

    /** In MiB, with the thread that helps it: three buffers for chunks, and two each for what becomes of them. */
    static final int THREAD = 56;

    /** In MiB, at most. */
    int size() {
        return (2 + packsStored) * PACK + threads * THREAD;
    }
}

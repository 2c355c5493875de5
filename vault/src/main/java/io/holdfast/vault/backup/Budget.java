package io.holdfast.vault.backup;

import io.holdfast.vault.index.BlobWriter;

/**
 * What the backups of one process may take of its heap together, and how they divide it.
 *
 * @param size in MiB; enough for one large share, however small the heap
 * @param large the share of a backup that need not make room for others
 */
record Budget(int size, Share large) {

    /** What the process does meanwhile takes up to this much, in MiB: copies packs to regions, restores. */
    private static final int REST = 128;

    private static final int TWO_MORE = 2 * Share.SMALL.size();

    /** More backups at once bring nothing, however large the heap. */
    private static final int MOST_LARGE = 16;

    /** @param heap in bytes */
    static Budget of(long heap, int processors) {
        int mib = Math.clamp(heap >> 20, 0, Integer.MAX_VALUE);
        Share large = new Share(threads(mib, processors), BlobWriter.PACKS_AT_ONCE);
        return new Budget(Math.clamp(mib - REST, large.size(), MOST_LARGE * large.size()), large);
    }

    /**
     * As many as there are processors and half of the heap has room for; but of those beyond two only what leaves room for
     * two small backups beside.
     */
    private static int threads(int heap, int processors) {
        int packs = new Share(0, BlobWriter.PACKS_AT_ONCE).size();
        int most = Math.clamp(heap / 2 / Share.THREAD, 1, processors);
        return Math.clamp((heap - REST - packs - TWO_MORE) / Share.THREAD, Math.min(2, most), most);
    }

    /** The share of the next backup, if there is room for any. A large one if no other runs, or two more can begin beside it. */
    Share next(int free) {
        return free == size || free - large.size() >= TWO_MORE ? large : Share.SMALL;
    }
}

package io.holdfast.vault.index;

import io.holdfast.vault.model.BlobKey;

/**
 * A small number for each blob that an index has now, 0 at first: one byte a blob, where a set of keys would take a
 * hundred. Safe for use by several threads.
 */
public final class BlobMarks {

    private final BlobIndex index;
    private final byte[] marks;

    public BlobMarks(BlobIndex index) {
        this.index = index;
        marks = new byte[index.places()];
    }

    /** The blob's mark; 0 for one that is not in the index. */
    public synchronized int get(BlobKey blob) {
        int place = index.place(blob);
        return place < 0 || place >= marks.length ? 0 : marks[place];
    }

    /** Sets the mark of a blob of the index, from 0 to 127; gives the one before. */
    public synchronized int set(BlobKey blob, int mark) {
        int place = index.place(blob);
        if (place < 0 || place >= marks.length) {
            throw new IllegalArgumentException(blob + " is not in the index");
        }
        int before = marks[place];
        marks[place] = (byte) mark;
        return before;
    }

    /** How many blobs carry the mark. */
    public synchronized long count(int mark) {
        long count = 0;
        for (byte each : marks) {
            count += each == mark ? 1 : 0;
        }
        return count;
    }
}

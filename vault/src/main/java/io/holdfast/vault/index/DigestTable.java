package io.holdfast.vault.index;

import io.holdfast.vault.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A growing list of SHA-256 values that finds the places of a value. A value may stand in it more than once.
 *
 * <p>32 bytes a value, and 5 to 11 for its slot of an open-addressed hash table; the collector has nothing to trace.
 */
final class DigestTable {

    private static final int BITS = 10;
    private static final int SEGMENT = 1 << BITS;
    private static final int WORDS = Digest.BYTES / Long.BYTES;

    private final List<long[]> segments = new ArrayList<>();
    private int size;
    /** Places plus one, 0 where free; a power of two of them, at most three quarters taken. */
    private int[] slots = new int[64];

    int size() {
        return size;
    }

    /** Appends a value; gives its place. */
    int add(Digest value) {
        if (size % SEGMENT == 0) {
            segments.add(new long[SEGMENT * WORDS]);
        }
        long[] segment = segments.getLast();
        int at = (size % SEGMENT) * WORDS;
        segment[at] = value.a();
        segment[at + 1] = value.b();
        segment[at + 2] = value.c();
        segment[at + 3] = value.d();
        if (size >= slots.length / 4 * 3) {
            grow();
        }
        link(size, value.a());
        return size++;
    }

    Digest get(int place) {
        long[] segment = segments.get(place >>> BITS);
        int at = (place % SEGMENT) * WORDS;
        return new Digest(segment[at], segment[at + 1], segment[at + 2], segment[at + 3]);
    }

    /** The first place of the value that is accepted, or -1; the order is that of adding. */
    int find(Digest value, IntPredicate accepted) {
        int mask = slots.length - 1;
        for (int slot = slot(value.a()); slots[slot] != 0; slot = (slot + 1) & mask) {
            int place = slots[slot] - 1;
            if (holds(place, value) && accepted.test(place)) {
                return place;
            }
        }
        return -1;
    }

    private boolean holds(int place, Digest value) {
        long[] segment = segments.get(place >>> BITS);
        int at = (place % SEGMENT) * WORDS;
        return segment[at] == value.a()
                && segment[at + 1] == value.b()
                && segment[at + 2] == value.c()
                && segment[at + 3] == value.d();
    }

    private void grow() {
        int[] larger = new int[Math.multiplyExact(slots.length, 2)];
        slots = larger;
        for (int place = 0; place < size; place++) {
            link(place, segments.get(place >>> BITS)[(place % SEGMENT) * WORDS]);
        }
    }

    private void link(int place, long first) {
        int slot = slot(first);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = place + 1;
    }

    /** Values are hashes already: any bits of theirs do. */
    private int slot(long first) {
        return (int) first & (slots.length - 1);
    }
}

package io.holdfast.vault.index;

import java.util.ArrayList;
import java.util.List;

/** A growing table of numbers in pieces, so that growing copies nothing. */
final class IntTable {

    private static final int BITS = 10;
    private static final int SEGMENT = 1 << BITS;

    private final List<int[]> segments = new ArrayList<>();
    private final int columns;
    private int rows;

    IntTable(int columns) {
        this.columns = columns;
    }

    void add(int... row) {
        if (rows % SEGMENT == 0) {
            segments.add(new int[SEGMENT * columns]);
        }
        System.arraycopy(row, 0, segments.getLast(), (rows % SEGMENT) * columns, columns);
        rows++;
    }

    int get(int row, int column) {
        return segments.get(row >>> BITS)[(row % SEGMENT) * columns + column];
    }
}

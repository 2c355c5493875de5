package io.holdfast.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under aligned headings. A heading that begins with {@code >} stands over a column of numbers. */
public final class Table {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<Boolean> right;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        right = Arrays.stream(headings).map(heading -> heading.startsWith(">")).toList();
        this.headings = Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList();
    }

    /** A row of as many cells as there are headings. */
    public void row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(
                    "a row has %d cells, the table %d columns".formatted(cells.length, headings.size()));
        }
        rows.add(Arrays.stream(cells).map(Text::printable).toList());
    }

    /** The headings and the rows; what could drive a terminal is taken out of cells. */
    public List<String> lines() {
        int[] widths = new int[headings.size()];
        List<List<String>> all = new ArrayList<>(List.of(headings));
        all.addAll(rows);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - length(row.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(right.get(i) ? padding + row.get(i) : row.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

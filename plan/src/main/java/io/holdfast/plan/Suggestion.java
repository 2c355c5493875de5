package io.holdfast.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Suggestion {

    private Suggestion() {}

    static Optional<String> of(String word, Collection<String> known) {
        String normal = normal(word);
        int tolerated = Math.max(1, normal.length() / 3);
        return known.stream()
                .filter(candidate -> distance(normal, normal(candidate)) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(normal, normal(candidate))));
    }

    /** A remedy: the word that was probably meant, or all there are. */
    static String remedy(String word, Collection<String> known) {
        return of(word, known)
                .map("Did you mean '%s'?"::formatted)
                .orElseGet(() -> known.isEmpty() ? "There is none yet" : "Known are: " + String.join(", ", known));
    }

    private static String normal(String word) {
        String limited = word.length() > 64 ? word.substring(0, 64) : word;
        return limited.toLowerCase(Locale.ROOT)
                .replace("_", "")
                .replace("-", "")
                .replace(" ", "");
    }

    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

package io.holdfast.sources.quiesce;

import java.util.ArrayList;
import java.util.List;

/** A command on one line, as its words: quotes and backslashes as a shell takes them, and nothing else of a shell. */
final class Words {

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;

    private Words() {}

    /** @throws IllegalArgumentException if a quote is not closed, or the end is a backslash */
    static List<String> of(String line) {
        return new Words().read(line);
    }

    private List<String> read(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '\'' || c != '\\') {
                quote = take(c, quote);
            } else if (++i == line.length()) {
                throw new IllegalArgumentException("nothing follows the last backslash");
            } else {
                escaped(line.charAt(i), quote);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote %c is not closed".formatted(quote));
        }
        end();
        return words;
    }

    /** @return the quote that is open afterwards; 0: none */
    private char take(char c, char quote) {
        if (c == quote) {
            return 0;
        }
        if (quote == 0 && Character.isWhitespace(c)) {
            end();
            return 0;
        }
        begun = true;
        if (quote == 0 && (c == '\'' || c == '"')) {
            return c;
        }
        word.append(c);
        return quote;
    }

    private void escaped(char c, char quote) {
        begun = true;
        if (quote == '"' && "\\\"$`".indexOf(c) < 0) {
            word.append('\\');
        }
        word.append(c);
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
            word.setLength(0);
            begun = false;
        }
    }
}

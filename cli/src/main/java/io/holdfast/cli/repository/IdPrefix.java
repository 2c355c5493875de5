package io.holdfast.cli.repository;

import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Text;
import java.util.List;

/** An id of which only the beginning was given. */
public final class IdPrefix {

    private IdPrefix() {}

    /**
     * The only id that begins so.
     *
     * @param what has such ids, for the message: {@code key}
     */
    public static String choose(String start, String what, List<String> ids) {
        List<String> found = ids.stream().filter(id -> id.startsWith(start)).toList();
        if (found.size() != 1) {
            throw Code.NO_SUCH_ID.because(
                    "Cannot choose a %s: %s '%s'. Nothing was changed. 'holdfast vault list' shows the ids."
                            .formatted(
                                    what,
                                    found.isEmpty()
                                            ? "the id of none begins with"
                                            : "the ids of %d begin with".formatted(found.size()),
                                    Text.printable(start)));
        }
        return found.getFirst();
    }
}

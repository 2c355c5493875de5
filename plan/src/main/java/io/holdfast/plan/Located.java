package io.holdfast.plan;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A value of the plan file and the way to it.
 *
 * @param where such as {@code stacks[0].components[1].schedule}; empty for the whole document
 */
record Located(Node node, String where) {

    Located key(Node value, String key) {
        return new Located(value, where.isEmpty() ? key : where + "." + key);
    }

    Located element(Node value, int index) {
        return new Located(value, "%s[%d]".formatted(where, index));
    }

    /** From 1. */
    int line() {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    /** From 1. */
    int column() {
        return node.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
    }
}

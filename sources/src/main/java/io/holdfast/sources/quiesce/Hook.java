package io.holdfast.sources.quiesce;

import java.util.List;

/**
 * A command that runs before or after something rests.
 *
 * @param argv of a program of this host, or what {@link LabelledCommands} reads
 * @param mayFail whether what is captured counts even so
 */
record Hook(List<String> argv, boolean mayFail) {

    Hook {
        argv = List.copyOf(argv);
    }
}

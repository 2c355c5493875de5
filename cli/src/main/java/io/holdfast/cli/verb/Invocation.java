package io.holdfast.cli.verb;

import io.holdfast.cli.terminal.Output;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** One run of the command, as the options that every verb takes and the process decide it. */
public interface Invocation {

    /** The one that a verb of its command line belongs to. */
    static Invocation of(CommandSpec verb) {
        return (Invocation) verb.root().userObject();
    }

    Surroundings surroundings();

    /** One for the whole run, so that an interruption can have the last word. */
    Output output();

    /** Where a running {@code up} keeps its files. */
    Path dataDirectory();

    /** Whether an option or the environment names it: the default may be meant by nobody. */
    boolean isDataDirectoryNamed();

    /** Whether stack traces, and what goes on inside, are shown. */
    boolean isDebug();
}

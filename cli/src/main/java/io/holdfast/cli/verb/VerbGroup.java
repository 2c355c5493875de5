package io.holdfast.cli.verb;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A word that does nothing but hold verbs: alone, it tells which.
 *
 * <p>Only verbs that a command line names are made, for to make one takes milliseconds in a JVM that has just started. A
 * command line that names none gets all of them, so that help and suggestions know them.
 */
public abstract class VerbGroup implements Runnable {

    private final List<?> verbs;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** @param verbs classes of commands, or commands */
    protected VerbGroup(List<?> verbs) {
        this.verbs = verbs;
    }

    @Override
    public final void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Makes the verbs for a command line of these words. */
    public final void addVerbs(List<String> words) {
        List<?> named =
                verbs.stream().filter(verb -> words.contains(name(verb))).toList();
        for (Object verb : named.isEmpty() ? verbs : named) {
            CommandLine made = new CommandLine(verb);
            spec.commandLine().addSubcommand(made);
            if (!named.isEmpty() && made.getCommand() instanceof VerbGroup group) {
                group.addVerbs(words);
            }
        }
    }

    private static String name(Object verb) {
        Class<?> type = verb instanceof Class<?> named ? named : verb.getClass();
        return Objects.requireNonNull(type.getAnnotation(Command.class)).name();
    }
}

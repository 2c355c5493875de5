package io.holdfast.cli;

import io.holdfast.cli.platform.PlannedSheet;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.verb.Invocation;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.plan.Plan;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The {@code holdfast} command; the verbs that start services are added by who has them.
 *
 * <p>Whatever a verb throws becomes one line on standard error, {@code code message}, and an exit code. A message that
 * begins with a code ({@code HF-X12 …}) is taken as written for an operator; anything else is reported as a bug.
 */
public final class HoldfastCli {

    private HoldfastCli() {}

    /** The command alone, for what needs nothing but this module. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /**
     * Does what the arguments say, and gives the exit code.
     *
     * @param more further verbs, picocli commands; they take the global options too
     */
    public static int run(String[] arguments, Object... more) {
        return commandLine(new ThisProcess(), List.of(arguments), more)
                .setOut(writer(System.out))
                .setErr(writer(System.err))
                .execute(arguments);
    }

    /** A command line for these arguments, and for one execution. */
    static CommandLine commandLine(Surroundings surroundings, List<String> arguments, Object... more) {
        Complaints complaints = new Complaints();
        Root root = new Root(surroundings, List.of(more));
        CommandLine commandLine = new CommandLine(root);
        root.addVerbs(arguments);
        return commandLine
                .setExecutionStrategy(HoldfastCli::execute)
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The data directory that a verb's options and environment name. */
    public static Path dataDirectory(CommandSpec verb) {
        return Invocation.of(verb).dataDirectory();
    }

    /** Whether a verb is to print JSON. */
    public static boolean isJson(CommandSpec verb) {
        return Invocation.of(verb).output().isJson();
    }

    /** What somebody needs who has lost everything but a copy of what the plan protects, line by line. */
    public static List<String> recoverySheet(Plan plan) {
        return PlannedSheet.lines(plan);
    }

    private static int execute(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            throw new CommandLine.ExecutionException(
                    parsed.commandSpec().commandLine(),
                    "out of memory",
                    Code.OUT_OF_MEMORY
                            .because(
                                    "The memory that Java may use is not enough. Everything stored before is safe. Allow more, as with HOLDFAST_HEAP=1g, and run it again.")
                            .causedBy(e));
        }
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}

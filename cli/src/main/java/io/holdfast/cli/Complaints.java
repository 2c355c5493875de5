package io.holdfast.cli;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Output;
import io.holdfast.cli.verb.Invocation;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line for an operator and an exit code. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final Pattern CODED = Pattern.compile("(HF-[A-Z]+[0-9]+) (.+)", Pattern.DOTALL);

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine verb = e.getCommandLine();
        boolean json = Arrays.asList(args).contains("--json");
        var output = new Output(verb.getOut(), verb.getErr(), json, false, false);
        String message = "%s. Nothing was changed. See '%s --help'."
                .formatted(
                        withoutStop(String.valueOf(e.getMessage())),
                        verb.getCommandSpec().qualifiedName());
        output.error(Code.USAGE.wire(), message);
        if (!json) {
            UnmatchedArgumentException.printSuggestions(e, verb.getErr());
        }
        return Code.USAGE.exit();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine verb, ParseResult parsed) {
        Invocation invocation = Invocation.of(verb.getCommandSpec());
        Output output = invocation.output();
        Throwable problem = e instanceof CommandLine.ExecutionException && e.getCause() != null ? e.getCause() : e;
        report(problem, output);
        if (invocation.isDebug()) {
            output.trace(problem);
        }
        return ExitCodes.of(problem);
    }

    private static void report(Throwable problem, Output output) {
        String message = String.valueOf(problem.getMessage());
        Matcher coded = CODED.matcher(message);
        if (problem instanceof CliException ours) {
            output.error(ours.code().wire(), message);
        } else if (coded.matches()) {
            output.error(coded.group(1), coded.group(2));
        } else {
            output.error(
                    Code.INTERNAL.wire(),
                    "Holdfast made a mistake: %s. Everything stored before is safe. Run it again with --debug, and report what it shows."
                            .formatted(problem));
        }
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}

package io.holdfast.standalone;

import picocli.CommandLine;

/** The {@code holdfast} program. */
public final class Holdfast {

    private Holdfast() {}

    public static void main(String[] arguments) {
        CommandLine commands =
                new CommandLine(CommandLine.Model.CommandSpec.create().name("holdfast"));
        commands.addSubcommand(new UpCommand());
        commands.addSubcommand(new ServiceCommand());
        System.exit(commands.execute(arguments));
    }
}

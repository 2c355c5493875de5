package io.holdfast.cli.vault;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.verb.Verb;
import io.holdfast.cli.verb.Version;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Tell the version of this program and of what it runs on.")
final class VersionVerb extends Verb {

    @Override
    protected int run() {
        Running running = new Running(
                "version",
                Version.number(),
                Runtime.version().toString(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        if (output().isJson()) {
            output().json(running);
        } else {
            output().line("holdfast %s, Java %s on %s %s"
                    .formatted(running.version(), running.javaVersion(), running.os(), running.arch()));
        }
        return ExitCodes.DONE;
    }

    private record Running(String messageType, String version, String javaVersion, String os, String arch) {}
}

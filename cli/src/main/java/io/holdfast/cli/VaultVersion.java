package io.holdfast.cli;

import picocli.CommandLine.Command;

@Command(name = "version", description = "Tell the version of this program and of what it runs on.")
final class VaultVersion extends Verb {

    @Override
    int run() {
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

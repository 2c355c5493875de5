package io.holdfast.standalone;

import io.holdfast.sources.quiesce.Guard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A guard under somebody's supervision, instead of the one that a site's services start by themselves. */
@Command(
        name = "guard",
        description =
                "Watch over a site, and bring back what a dead or hanging process left paused or stopped. Services of the site then start no guard of their own.")
final class GuardCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "The site's state directory, as in holdfast.site.state-directory.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path state;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        Guard.of(state, line -> out.println(Instant.now() + " " + line)).watch();
        return 0;
    }
}

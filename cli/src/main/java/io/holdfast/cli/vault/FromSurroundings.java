package io.holdfast.cli.vault;

import io.holdfast.cli.verb.Surroundings;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What concerns a second repository: where variables say something about a repository, those with {@code _FROM} say it
 * about the second, as {@code RESTIC_FROM_PASSWORD} does.
 */
record FromSurroundings(Surroundings process) implements Surroundings {

    @Override
    public @Nullable String environment(String name) {
        return process.environment(name.replaceFirst("^(HOLDFAST|RESTIC)_", "$1_FROM_"));
    }

    @Override
    public Optional<char[]> askPassword(String prompt) {
        return process.askPassword(prompt + " to copy from");
    }

    @Override
    public InputStream stdin() {
        return process.stdin();
    }

    @Override
    public OutputStream stdout() {
        return process.stdout();
    }

    @Override
    public boolean isStdoutTerminal() {
        return process.isStdoutTerminal();
    }

    @Override
    public boolean isStderrTerminal() {
        return process.isStderrTerminal();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        process.pause(time);
    }

    @Override
    public ZoneId zone() {
        return process.zone();
    }
}

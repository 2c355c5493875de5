package io.holdfast.cli;

import io.holdfast.cli.verb.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A process whose environment, terminal and clock a test decides. */
public final class FakeSurroundings implements Surroundings {

    public final Map<String, String> environment = new HashMap<>();
    public final Queue<String> typed = new ArrayDeque<>();
    public final List<Duration> pauses = new ArrayList<>();
    public InputStream stdin = InputStream.nullInputStream();
    public OutputStream stdout = new ByteArrayOutputStream();
    public boolean stdoutTerminal;
    public boolean stderrTerminal;
    public boolean interruptedWhilePausing;

    @Override
    public @Nullable String environment(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public InputStream stdin() {
        return stdin;
    }

    @Override
    public OutputStream stdout() {
        return stdout;
    }

    @Override
    public boolean isStdoutTerminal() {
        return stdoutTerminal;
    }

    @Override
    public boolean isStderrTerminal() {
        return stderrTerminal;
    }

    @Override
    public Optional<char[]> askPassword(String prompt) {
        return Optional.ofNullable(typed.poll()).map(String::toCharArray);
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        if (interruptedWhilePausing) {
            throw new InterruptedException();
        }
        pauses.add(time);
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("Europe/Berlin");
    }
}

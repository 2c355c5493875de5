package io.holdfast.sources.process;

import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.engine.Exec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A command in a container. */
final class RunningInContainer implements Running {

    /** For the engine to notice that a command has ended whose output has. */
    private static final Duration NOTICING = Duration.ofSeconds(30);

    private final Exec exec;

    private RunningInContainer(Exec exec) {
        this.exec = exec;
    }

    static Running start(DockerEngine engine, Command command, boolean stdin) throws EngineException {
        if (command.container() == null) {
            throw new IllegalArgumentException("no container");
        }
        return new RunningInContainer(engine.exec(command.container(), command.spec(), stdin));
    }

    @Override
    public OutputStream stdin() {
        return exec.stdin();
    }

    @Override
    public InputStream stdout() {
        return exec.stdout();
    }

    @Override
    public String stderr() {
        return exec.stderr();
    }

    @Override
    public int await() throws IOException {
        int status = exec.await(NOTICING);
        exec.close();
        return status;
    }

    @Override
    public void kill() throws IOException {
        exec.kill();
    }
}

package io.holdfast.cli.verb;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command sees of the process it runs in. */
public interface Surroundings {

    /** An environment variable; one that is set to nothing counts as not set. */
    @Nullable
    String environment(String name);

    /** Standard input for bytes that are no text. */
    InputStream stdin();

    /** Standard output for bytes that are no text. */
    OutputStream stdout();

    boolean isStdoutTerminal();

    boolean isStderrTerminal();

    /** Asks a person, without showing what they type; empty when nobody can be asked. */
    Optional<char[]> askPassword(String prompt);

    void pause(Duration time) throws InterruptedException;

    ZoneId zone();
}

package io.holdfast.sources.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A command that was started, wherever it runs. */
interface Running {

    /** Closing it is the end of the command's stdin. */
    OutputStream stdin();

    InputStream stdout();

    /** The last of what it printed to stderr; all that there is once {@link #await} has answered. */
    String stderr();

    /** The exit status, after stdout has ended. */
    int await() throws IOException;

    /** Kills it and all that it started. May be called by any thread, at any time, more than once. */
    void kill() throws IOException;
}

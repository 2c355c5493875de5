package io.holdfast.sources.component;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * One capture of a component. The steps follow one another in this order, each once: {@link #inspect}; then whoever
 * captures brings to rest what must rest, the source's own containers as well unless it {@link #settlesAwake}; {@link
 * #settle}; such containers rest too; {@link #read}, and everything in it is read; what rested goes on, before that if what
 * is read {@link #lasts}; {@link #validate}. Closing comes last, wherever it ended.
 *
 * <p>Each step throws a {@link SourceException} with an operator's text if the component cannot be captured whole.
 */
public interface Capture extends Closeable {

    /**
     * Looks whether everything that the plan names is there. A missing or empty place is never a quiet success.
     *
     * @return the containers that hold the source itself, by name: they rest if the plan asks for it
     */
    List<String> inspect() throws IOException, InterruptedException;

    /**
     * Has done what has to be done while whoever writes to the source rests, such as asking a server to save: what it holds now
     * is what will be read.
     */
    default void settle() throws IOException, InterruptedException {}

    /** Whether the source's own containers must be awake for {@link #settle}. */
    default boolean settlesAwake() {
        return false;
    }

    /** Whether what was settled stays as it is, whoever writes afterwards: then nothing needs to rest while it is read. */
    default boolean lasts() {
        return false;
    }

    /** Hands out what there is to read. The source rests now, if the plan asks for that, until all of it was read or it {@link #lasts}. */
    Content read() throws IOException, InterruptedException;

    /** After the source went on: whether it is ready again, and what was read is what it holds. */
    default void validate() throws IOException, InterruptedException {}

    @Override
    default void close() throws IOException {}
}

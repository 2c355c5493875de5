package io.holdfast.sources.process;

import java.nio.charset.StandardCharsets;

/**
 * What a command printed that ended with 0.
 *
 * @param stderr its last 8 KiB, with values of the command's environment masked
 */
@SuppressWarnings("ArrayRecordComponent")
public record CommandOutput(byte[] stdout, String stderr) {

    /** As UTF-8, without white space at either end. */
    public String text() {
        return new String(stdout, StandardCharsets.UTF_8).strip();
    }
}

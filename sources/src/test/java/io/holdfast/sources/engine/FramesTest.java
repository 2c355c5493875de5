package io.holdfast.sources.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.engine.EngineException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FramesTest {

    private final Tail stderr = new Tail(100);

    @Test
    void partsStdoutFromStderr() throws IOException {
        byte[] stream = join(frame(1, "one "), frame(2, "bad"), frame(1, ""), frame(1, "two"), frame(2, "!"));

        assertThat(frames(stream).readAllBytes()).asString().isEqualTo("one two");
        assertThat(stderr.text()).isEqualTo("bad!");
    }

    @Property(tries = 50)
    void failsWhereverAStreamIsCutExceptBetweenFrames(@ForAll @IntRange(min = 1, max = 21) int length) {
        byte[] stream = join(frame(1, "abc"), frame(2, "x"), frame(1, ""));
        byte[] cut = Arrays.copyOf(stream, length);

        if (length == 11 || length == 20) {
            assertThat(all(cut)).isEqualTo("abc");
        } else {
            assertThatThrownBy(() -> all(cut)).hasMessageContaining("cut");
        }
    }

    @Test
    void tellsFailuresOfTheEngine() {
        assertThatThrownBy(() -> frames(frame(3, "disk full")).readAllBytes())
                .hasMessageContaining("disk full")
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.SERVER_ERROR));
    }

    @Test
    void refusesWhatIsNoOutputOfACommand() {
        assertThatThrownBy(() -> frames("HTTP/1.1 200 OK".getBytes(UTF_8)).readAllBytes())
                .isInstanceOf(EngineException.class);
    }

    private String all(byte[] stream) {
        try {
            return new String(frames(stream).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Frames frames(byte[] stream) {
        return new Frames(new ByteArrayInputStream(stream), stderr, how -> new EngineException(Reason.LOST, how));
    }

    private static byte[] frame(int kind, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(kind << 24)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

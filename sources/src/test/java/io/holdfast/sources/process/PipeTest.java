package io.holdfast.sources.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipeTest {

    @Test
    void passesEverythingOn() throws IOException {
        byte[] sent = new byte[5_000_001];
        new Random(1).nextBytes(sent);

        Pipe.run(out -> out.write(sent), in -> assertThat(in.readAllBytes()).isEqualTo(sent));
    }

    @Test
    void failsAsItsWriterDoesThoughMuchWasRead() {
        assertThatThrownBy(() -> Pipe.run(
                        out -> {
                            out.write(new byte[1_000_000]);
                            throw new IOException("damaged");
                        },
                        in -> in.readAllBytes()))
                .isInstanceOf(IOException.class)
                .hasMessage("damaged");
    }

    @Test
    void endsItsWriterWhenTheReaderFails() {
        var written = new long[1];
        assertThatThrownBy(() -> Pipe.run(
                        out -> {
                            byte[] part = new byte[100_000];
                            Arrays.fill(part, (byte) 1);
                            while (true) {
                                out.write(part);
                                written[0] += part.length;
                            }
                        },
                        in -> {
                            assertThat(in.readNBytes(1_000)).hasSize(1_000);
                            throw new IOException("the engine went away");
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("the engine went away");
        assertThat(written[0]).isPositive();
    }
}

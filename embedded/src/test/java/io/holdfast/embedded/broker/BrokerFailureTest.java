package io.holdfast.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.embedded.EmbeddedPartException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerFailureTest {

    @TempDir
    private Path home;

    @Test
    void namesThePortThatWasTaken() {
        var cause = new BindException("Address already in use");

        assertThat(explain(new KafkaException("Socket server failed to bind to 127.0.0.1:9093", cause)))
                .startsWith("HF-S01 Cannot open port 9093 on 127.0.0.1 for 'controller'");
        assertThat(explain(new KafkaException("Socket server failed to bind to 127.0.0.1:9092", cause)))
                .startsWith("HF-S01 Cannot open port 9092 on 127.0.0.1 for 'broker'");
    }

    @Test
    void tellsASecondProcessFromDamage() {
        assertThat(explain(new KafkaException("Failed to acquire lock on file .lock in /data/log")))
                .startsWith("HF-S13 Cannot start the broker: another process uses its data");
    }

    @Test
    void tellsWhatTheMachineLacksFromDamage() {
        assertThat(explain(new KafkaException("x", new IOException("No space left on device"))))
                .startsWith("HF-S14 Cannot start the broker: the disk of " + home.resolve("log"))
                .contains("df -i");
        assertThat(explain(new KafkaException("Failed to acquire .lock", new IOException("Too many open files"))))
                .startsWith("HF-S14 Cannot start the broker: this process needs more open files")
                .doesNotContain("Move the directory aside");
    }

    @Test
    void namesTheInnermostCauseOfAnythingElse() {
        assertThat(explain(new KafkaException("outer", new IllegalStateException("CRC does not match"))))
                .startsWith("HF-S12")
                .contains("CRC does not match");
    }

    private String explain(Throwable failure) {
        EmbeddedPartException explained = BrokerFailure.atStart(failure, new BrokerDirectory(home), 9092, 9093);
        assertThat(explained).hasCause(failure);
        return String.valueOf(explained.getMessage());
    }
}

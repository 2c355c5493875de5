package io.holdfast.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class BrokerConfigurationTest {

    private final Map<String, String> configuration = BrokerConfiguration.of(Path.of("/data/log"), 9092, 9093);

    @Test
    void namesNoSettingThatKafkaDoesNotKnow() {
        assertThat(KafkaConfig.configDef().names()).containsAll(configuration.keySet());
    }

    @Test
    void isAcceptedByKafka() {
        KafkaConfig config = new KafkaConfig(configuration, false);

        assertThat(config.logDirs()).isEqualTo(List.of("/data/log"));
        assertThat(config.autoCreateTopicsEnable()).isFalse();
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(configuration.get("listeners")).isEqualTo("BROKER://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
        assertThat(configuration).doesNotContainKey("advertised.listeners");
    }
}

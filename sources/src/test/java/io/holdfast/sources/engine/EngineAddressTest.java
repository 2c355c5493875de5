package io.holdfast.sources.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTest {

    @Test
    void isTheUsualSocketUnlessToldOtherwise() {
        assertThat(EngineAddress.of(Map.of())).hasToString("unix:///var/run/docker.sock");
        assertThat(EngineAddress.of(Map.of("DOCKER_HOST", " "))).hasToString("unix:///var/run/docker.sock");
    }

    @Test
    void keepsThePathThatAProxyAsksFor() {
        EngineAddress address = EngineAddress.of(Map.of("DOCKER_HOST", "tcp://proxy:2375/engine/"));

        assertThat(address.prefix()).isEqualTo("/engine");
        assertThat(address.getSSLConfig()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://proxy", "http://proxy:2375", "unix://host/socket", "/var/run/docker.sock", "tcp://a b:1"})
    void refusesAnAddressThatMakesNoSense(String host) {
        assertThatThrownBy(() -> DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", host))
                        .ping())
                .hasMessageContaining("DOCKER_HOST")
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(EngineException.Reason.BAD_NAME));
    }

    @Test
    void neverGoesWithoutTheTlsThatWasAskedFor(@TempDir Path empty) {
        Map<String, String> environment =
                Map.of("DOCKER_HOST", "tcp://far:2376", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", empty.toString());

        assertThatThrownBy(() -> EngineAddress.of(environment).requireUsable()).hasMessageContaining("ca.pem");
    }
}

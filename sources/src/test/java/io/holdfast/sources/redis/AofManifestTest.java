package io.holdfast.sources.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AofManifestTest {

    @Test
    void namesBaseAndIncrementsAndLeavesHistoryOut() {
        assertThat(AofManifest.parse("""
                        file appendonly.aof.2.base.rdb seq 2 type b
                        file appendonly.aof.1.base.rdb seq 1 type h
                        file appendonly.aof.3.incr.aof seq 3 type i
                        file "with space.4.incr.aof" seq 4 type i
                        """).parts())
                .containsExactly("appendonly.aof.2.base.rdb", "appendonly.aof.3.incr.aof", "with space.4.incr.aof");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "file a seq 1",
                "file ../../etc/passwd seq 1 type i",
                "file a seq 1 type h",
                "file a seq 1 type b\nfile b seq 2 type b",
                "file a seq 1 type b\ngarbage"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> AofManifest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

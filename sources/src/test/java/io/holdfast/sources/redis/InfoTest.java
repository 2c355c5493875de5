package io.holdfast.sources.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InfoTest {

    @Test
    void readsFieldsAndDatabases() {
        Info info = Info.parse("""
                # Server
                redis_version:7.0.15
                executable:/data/redis-server:x

                # Persistence
                rdb_bgsave_in_progress:1
                rdb_changes_since_last_save:7
                rdb_last_bgsave_status:ok
                # Keyspace
                db0:keys=3,expires=1,avg_ttl=0
                db11:keys=2,expires=0,avg_ttl=0,subexpiry=0
                """.replace("\n", "\r\n"));

        assertThat(info.text("executable")).isEqualTo("/data/redis-server:x");
        assertThat(info.isWriting()).isTrue();
        assertThat(info.savedWell()).isTrue();
        assertThat(info.changes()).isEqualTo(7);
        assertThat(info.databases()).isEqualTo(Map.of(0, new Database(3, 1), 11, new Database(2, 0)));
    }

    @Test
    void takesWhatAVersionDoesNotSayAsNothing() {
        Info info = Info.parse("redis_version:5.0\r\n");

        assertThat(info.number("aof_rewrites")).isZero();
        assertThat(info.runId()).isEmpty();
        assertThat(info.isWriting()).isFalse();
        assertThat(info.savedWell()).isFalse();
        assertThat(info.databases()).isEmpty();
    }

    @Test
    void onlyKeysWithATimeToLiveMayBeGone() {
        var before = new Database(10, 3);

        assertThat(new Database(10, 3).mayComeFrom(before)).isTrue();
        assertThat(new Database(7, 0).mayComeFrom(before)).isTrue();
        assertThat(new Database(6, 0).mayComeFrom(before)).isFalse();
        assertThat(new Database(11, 3).mayComeFrom(before)).isFalse();
    }
}

package io.holdfast.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.EventJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgendaSerdeTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final AgendaSerde serde = new AgendaSerde();

    @Test
    void readsWhatItWrote() {
        StackAgenda agenda = withOpenPoint();

        assertThat(read(new String(serde.serializer().serialize("", agenda), UTF_8)))
                .isEqualTo(agenda);
        assertThat(serde.deserializer().deserialize("", null)).isNull();
    }

    @Test
    void readsABackupThatAVersionWithoutRetriesAskedFor() {
        String today = json(withOpenPoint());
        String then = today.replaceAll("\"retries\":\\d+", "\"failures\":0");
        assertThat(then).isNotEqualTo(today);

        OpenRecoveryPoint point = read(then).open().getFirst();

        assertThat(point.backups()).containsOnlyKeys("db");
        assertThat(point.backups().values())
                .allMatch(ComponentBackup::isAsked)
                .allMatch(backup -> backup.retries() == 0);
    }

    @Test
    void letsGoOfAnOpenRecoveryPointThatCannotBeReadAndOfNothingElse() {
        StackAgenda agenda = withOpenPoint();
        String point = json(agenda.open().getFirst());
        String other = point.replace("shop-upgrade", "shop-other").replace("\"deadline\"", "\"until\"");

        StackAgenda left = read(json(agenda).replace(point, other + "," + point));

        assertThat(left.components()).isEqualTo(agenda.components());
        assertThat(left.open()).isEqualTo(agenda.open());
        assertThat(left.closed()).extracting(Object::toString).containsExactly("shop-other");
    }

    @Test
    void doesNotLetGoOfAComponentThatCannotBeRead() {
        String broken = json(withOpenPoint()).replace("\"cron\"", "\"when\"");

        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("components.db.plan.schedules[0].cron");
    }

    private static StackAgenda withOpenPoint() {
        return StackAgenda.empty(Facts.STACK)
                .after(Facts.planned("db", 1, "0 2 * * *"), NOW, Facts.SETTINGS)
                .agenda()
                .after(Facts.requested("shop-upgrade", NOW.plusSeconds(60)), NOW, Facts.SETTINGS)
                .agenda();
    }

    private StackAgenda read(String json) {
        return serde.deserializer().deserialize("", json.getBytes(UTF_8));
    }

    private static String json(Object value) {
        return new String(EventJson.write(value), UTF_8);
    }
}

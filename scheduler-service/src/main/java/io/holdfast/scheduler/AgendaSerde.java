package io.holdfast.scheduler;

import io.holdfast.events.EventJson;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.messaging.JsonSerde;
import java.util.ArrayList;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Agendas in their store. An open recovery point that cannot be read, as when another version wrote it, is let go: its
 * snapshots are in the vaults, and nothing else would end the topology at every start. A component that cannot be read is
 * not let go, since it would not be scheduled any more until the plan changes.
 */
final class AgendaSerde implements Serde<StackAgenda> {

    @Override
    public Serializer<StackAgenda> serializer() {
        return new JsonSerde<>(StackAgenda.class).serializer();
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka reads tombstones through here
    public Deserializer<StackAgenda> deserializer() {
        return (_, json) -> json == null ? null : read(json);
    }

    private static StackAgenda read(byte[] json) {
        try {
            return EventJson.read(json, StackAgenda.class);
        } catch (IllegalArgumentException e) {
            return withoutUnreadablePoints(EventJson.tree(json), e);
        }
    }

    private static StackAgenda withoutUnreadablePoints(JsonNode agenda, IllegalArgumentException cause) {
        if (!(agenda.path("open") instanceof ArrayNode open)) {
            throw cause;
        }
        var letGo = new ArrayList<RecoveryPointId>();
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                EventJson.read(open.get(i), OpenRecoveryPoint.class);
            } catch (IllegalArgumentException e) {
                var id = EventJson.read(open.remove(i).path("id"), RecoveryPointId.class);
                SchedulerLog.unreadablePoint(agenda.path("stack").asString(), id, e);
                letGo.add(id);
            }
        }
        StackAgenda left = EventJson.read(agenda, StackAgenda.class);
        return left.closing(left.open(), letGo.stream());
    }
}

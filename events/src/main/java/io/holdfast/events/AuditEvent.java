package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who did what, and why; reads of data included. */
public sealed interface AuditEvent extends Event {

    String actor();

    @Override
    default String key() {
        return actor();
    }

    /**
     * @param action a verb such as {@code restore}, {@code download}, {@code acknowledge}, {@code publish-plan}
     * @param subject what it was done to
     * @param from the address the act came from
     */
    @JsonTypeName("action-audited.v1")
    record ActionAudited(
            String actor,
            String action,
            String subject,
            @Nullable String reason,
            @Nullable String from,
            Instant at) implements AuditEvent {}
}

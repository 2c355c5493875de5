package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signs of life of services. */
public sealed interface Heartbeat extends Event {

    /**
     * A service runs.
     *
     * @param instance unique per process and service
     * @param site null for central services
     * @param url where the service answers HTTP; null when it does not
     * @param diskFree bytes free where the service keeps its data; null for central services
     */
    @JsonTypeName("service-alive.v1")
    record ServiceAlive(
            String instance,
            String service,
            @Nullable String site,
            @Nullable String url,
            @Nullable Long diskFree,
            @Nullable Long diskTotal,
            Instant at)
            implements Heartbeat {
        @Override
        public String key() {
            return instance;
        }
    }
}

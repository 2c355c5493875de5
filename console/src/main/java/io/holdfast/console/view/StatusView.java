package io.holdfast.console.view;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.StatusRecord.ComponentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How components stand, and which services show signs of life. */
public final class StatusView {

    /** A service that was silent for longer does not count as running. */
    public static final Duration ALIVE = Duration.ofMinutes(1);

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Map<ComponentId, ComponentStatus> components = new HashMap<>();
    private final Map<String, ServiceAlive> services = new HashMap<>();

    /** Takes an event in. */
    public synchronized void on(Envelope envelope) {
        if (envelope.event() instanceof ComponentStatus status) {
            components.put(status.component(), status);
        } else if (envelope.event() instanceof ServiceAlive alive) {
            services.put(alive.instance(), alive);
            services.values().removeIf(other -> other.at().isBefore(alive.at().minus(REMEMBERED)));
        }
    }

    public synchronized List<ComponentStatus> components() {
        return components.values().stream()
                .sorted(Comparator.comparing(ComponentStatus::key))
                .toList();
    }

    /** The last sign of life of every instance, by service, the newest first. */
    public synchronized List<ServiceAlive> services() {
        return services.values().stream()
                .sorted(Comparator.comparing(ServiceAlive::service)
                        .thenComparing(ServiceAlive::at, Comparator.reverseOrder()))
                .toList();
    }

    /** Whether any service of a site lives. */
    public synchronized boolean isAlive(String site, Instant now) {
        return services.values().stream().anyMatch(alive -> site.equals(alive.site()) && isAlive(alive, now));
    }

    /** The newest instance of a site's service that lives and answers HTTP. */
    public synchronized Optional<ServiceAlive> answering(String service, String site, Instant now) {
        return services.values().stream()
                .filter(alive -> alive.service().equals(service) && site.equals(alive.site()))
                .filter(alive -> alive.url() != null && isAlive(alive, now))
                .max(Comparator.comparing(ServiceAlive::at));
    }

    public static boolean isAlive(ServiceAlive alive, Instant now) {
        return !alive.at().isBefore(now.minus(ALIVE));
    }
}

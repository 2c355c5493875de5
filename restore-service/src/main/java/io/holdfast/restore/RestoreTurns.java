package io.holdfast.restore;

import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.site.ComponentLeases;
import io.holdfast.site.InUse;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a restore has for itself while it works: the places of its components, all of them from the first to the last; or
 * the one other place that it goes to, for which no component has to be free.
 */
final class RestoreTurns {

    private final ComponentLeases leases;
    private final Set<String> elsewhere = ConcurrentHashMap.newKeySet();

    RestoreTurns(ComponentLeases leases) {
        this.leases = leases;
    }

    /** @throws InUse where another is at it */
    Closeable take(RestoreRequested request, RestorePlan plan) throws IOException, InUse {
        Optional<String> other = request.elsewhere();
        if (other.isEmpty()) {
            return leases.take(plan.steps().stream()
                    .map(RestorePlan.ComponentStep::component)
                    .toList());
        }
        if (!elsewhere.add(other.get())) {
            throw new InUse(other.get());
        }
        return () -> elsewhere.remove(other.get());
    }
}

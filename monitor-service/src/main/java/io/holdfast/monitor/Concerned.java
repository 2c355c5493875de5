package io.holdfast.monitor;

import io.holdfast.events.BackupEvent;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Event;
import io.holdfast.events.Names;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.ReplicaEvent;
import java.util.Optional;

/** Which component an event is about. */
final class Concerned {

    private Concerned() {}

    /** The component, unless the event is about none or about the manifests of recovery points. */
    static Optional<ComponentId> component(Event event) {
        return named(event).filter(component -> !component.component().equals(ComponentId.MANIFEST));
    }

    private static Optional<ComponentId> named(Event event) {
        return switch (event) {
            case PlanRecord.ComponentPlanned planned -> Optional.of(planned.component());
            case PlanRecord.Retired retired -> retired(retired.key());
            case BackupEvent.OfComponent backup -> Optional.of(backup.component());
            case ReplicaEvent replica -> Optional.of(replica.component());
            case CatalogueRecord.ComponentCatalogued catalogued -> Optional.of(catalogued.component());
            case Event _ -> Optional.empty();
        };
    }

    private static Optional<ComponentId> retired(String key) {
        String[] parts = key.split("/", -1);
        return parts.length == 3 && parts[1].equals("component") && Names.isValid(parts[0]) && Names.isValid(parts[2])
                ? Optional.of(new ComponentId(parts[0], parts[2]))
                : Optional.empty();
    }
}

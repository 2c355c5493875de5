package io.holdfast.plan;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What is backed up and restored as one: the components of one system, at one site, in one vault.
 *
 * @param site whose services do the work
 * @param regions names of the regions its components are copied to unless they say otherwise
 */
public record Stack(
        String name,
        String site,
        ZoneId timeZone,
        Consistency consistency,
        List<String> regions,
        List<Component> components) {

    public Stack {
        Names.name("stack", name);
        Names.name("site", site);
        regions = List.copyOf(regions);
        components = Names.some("components", components);
    }

    public Optional<Component> component(String name) {
        return components.stream()
                .filter(component -> component.name().equals(name))
                .findFirst();
    }
}

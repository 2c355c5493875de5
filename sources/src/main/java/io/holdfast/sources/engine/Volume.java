package io.holdfast.sources.engine;

import java.util.Map;

/**
 * A volume.
 *
 * @param mountpoint where the engine's host keeps it; empty where a driver does not say
 * @param options of its driver. With any, its data may be elsewhere, and at the mount point only while a container has it
 */
public record Volume(
        String name, String driver, String mountpoint, Map<String, String> labels, Map<String, String> options) {

    public Volume {
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
    }
}

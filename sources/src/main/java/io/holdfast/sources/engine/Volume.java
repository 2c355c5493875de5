package io.holdfast.sources.engine;

import java.util.Map;

/** @param mountpoint where the engine's host keeps it; empty where a driver does not say */
public record Volume(String name, String driver, String mountpoint, Map<String, String> labels) {

    public Volume {
        labels = Map.copyOf(labels);
    }
}

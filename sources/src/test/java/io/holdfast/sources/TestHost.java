package io.holdfast.sources;

import io.holdfast.sources.component.Host;
import io.holdfast.sources.engine.DockerEngine;
import java.time.Clock;
import java.util.Map;

/** This machine, as sources in tests see it. */
public final class TestHost {

    private TestHost() {}

    /** Where no engine answers. */
    public static Host withoutEngine() {
        return withoutEngine(Map.of());
    }

    /** @param environment all of its variables */
    public static Host withoutEngine(Map<String, String> environment) {
        return with(environment, DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", "unix:///nonexistent")));
    }

    public static Host with(Map<String, String> environment, DockerEngine engine) {
        return new Host(environment::get, Clock.systemUTC(), engine);
    }
}

package io.holdfast.monitor;

import java.time.Instant;
import java.util.List;

/** One thing that can be wrong with a planned component: a pure function of what is known and of the time. */
@FunctionalInterface
interface Rule {

    /** What is wrong now; empty when all is well. */
    List<Finding> check(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings);
}

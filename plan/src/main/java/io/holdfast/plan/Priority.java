package io.holdfast.plan;

/** How urgently a component must come back. Orders restores and marks alerts. */
public enum Priority {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
}

package io.holdfast.notifier;

/** Someone who was told of an incident, and at which level first. */
record Told(String address, int level) {}

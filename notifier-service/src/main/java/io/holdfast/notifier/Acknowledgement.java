package io.holdfast.notifier;

import java.time.Instant;

/** Who took an incident on, and when. */
record Acknowledgement(String by, Instant at) {}

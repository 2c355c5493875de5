package io.holdfast.monitor;

import java.time.Instant;

/** An alert that was raised and not yet cleared. */
record OpenAlert(String subject, Instant since) {}

package io.holdfast.scheduler;

import io.holdfast.events.BackupKind;
import java.time.Instant;

/** A run that is due: the instant it stands for and what it reads. */
record DueRun(Instant due, BackupKind kind) {}

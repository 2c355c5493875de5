package io.holdfast.console.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** That somebody takes an incident on. */
record Acknowledge(
        @Schema(description = "Kept in the audit trail") @Nullable
        String note) {}

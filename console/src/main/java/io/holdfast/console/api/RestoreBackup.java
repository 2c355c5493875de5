package io.holdfast.console.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be brought back. */
record RestoreBackup(
        @Schema(description = "The id or name of a backup, the id of one of its snapshots, or 'latest'")
        @JsonProperty("backup_id")
        @Nullable
        String backupId,

        @Schema(description = "Components, or stack/component; empty for all that the backup holds") @Nullable
        List<@Nullable String> collections,

        @Schema(description = "Needed only if several stacks are planned") @Nullable
        String stack,

        @Schema(
                description = "The newest good state up to this instant, which is not to come, instead of a backup",
                format = "date-time",
                example = "2026-11-21T14:00:00Z")
        @Nullable
        String at,

        @Schema(description = "An absolute directory at the site; without it everything goes back to its own place")
        @JsonProperty("target_directory")
        @Nullable
        String targetDirectory,

        @Schema(
                description =
                        "A volume of the site's engine that there is not yet, for the data of one component; instead of a directory")
        @JsonProperty("target_volume")
        @Nullable
        String targetVolume,

        @Schema(description = "The region to read from; without it the site's own vault")
        @JsonProperty("from_region")
        @Nullable
        String fromRegion,

        @Schema(description = "Why; kept in the audit trail", defaultValue = "requested over REST") @Nullable
        String reason) {}

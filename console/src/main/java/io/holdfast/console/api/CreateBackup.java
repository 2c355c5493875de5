package io.holdfast.console.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be backed up now. */
record CreateBackup(
        @Schema(description = "A name to find the backup by; it may be used again", example = "backup-20240115")
        @Nullable
        String name,

        @Schema(description = "Components, or stack/component; empty for the whole stack") @Nullable
        List<@Nullable String> collections,

        @Schema(description = "Needed only if several stacks are planned") @Nullable
        String stack,

        @Schema(
                description = "Whether unchanged files are read again",
                allowableValues = {"incremental", "full"})
        @Nullable
        String kind) {

    static final CreateBackup EVERYTHING = new CreateBackup(null, null, null, null);
}

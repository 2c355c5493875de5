package io.holdfast.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recovery points, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackupsAnswer(
        List<BackupAnswer> backups,

        @Schema(description = "Where the list goes on; missing at its end") @Nullable
        String next) {}

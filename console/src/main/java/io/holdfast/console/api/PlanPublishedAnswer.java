package io.holdfast.console.api;

import io.holdfast.plan.PlanProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What came of publishing a plan. */
record PlanPublishedAnswer(
        @Schema(description = "The revision in force now") long revision,

        @Schema(description = "False if the very same text was in force already")
        boolean changed,

        List<PlanProblem> warnings,

        @Schema(
                description =
                        "What the plan takes away that the one before gave: components and regions that it no longer has, and those captured from elsewhere now")
        List<String> consequences) {}

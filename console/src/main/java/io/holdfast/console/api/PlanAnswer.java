package io.holdfast.console.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The plan in force, as its operator wrote it. */
record PlanAnswer(
        long revision,
        long replaces,
        @JsonProperty("published_by") String publishedBy,
        String text) {}

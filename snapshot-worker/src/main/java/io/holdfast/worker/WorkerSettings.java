package io.holdfast.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the worker goes about its work.
 *
 * @param parallelCaptures how many components are captured at once
 */
@Validated
@ConfigurationProperties("holdfast.snapshot-worker")
record WorkerSettings(@Min(1) @Max(32) @DefaultValue("2") int parallelCaptures) {}

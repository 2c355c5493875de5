package io.holdfast.uploader;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How regions are kept up to date.
 *
 * @param compareEvery how often every region is compared with the vault, whether or not an event woke the uploader
 * @param retryAfter how long to wait before a region that failed is tried again
 */
@Validated
@ConfigurationProperties("holdfast.upload-service")
record UploadSettings(
        @DurationMin(seconds = 1) @DefaultValue("10m") Duration compareEvery,
        @DurationMin(millis = 100) @DefaultValue("15s") Duration retryAfter) {}

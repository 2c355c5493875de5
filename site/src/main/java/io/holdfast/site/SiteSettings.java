package io.holdfast.site;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which site this process works for.
 *
 * @param id the site's name in the plan
 * @param stateDirectory where journals and locks are kept; it survives restarts and belongs to this site alone
 * @param heartbeatEvery how often running work and services show that they are alive
 * @param ownDirectories directories of this host that are Holdfast's own, beside the state directory and the vaults and regions
 *     of the plan: neither captured nor restored into
 */
@Validated
@ConfigurationProperties("holdfast.site")
public record SiteSettings(
        @NotNull
        @Pattern(
                regexp = "(?!central$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                message = "must be a site's name from the plan; 'central' is the scheduler's")
        String id,

        @NotNull Path stateDirectory,
        @DurationMin(millis = 100) @DefaultValue("5s") Duration heartbeatEvery,
        @DefaultValue List<Path> ownDirectories) {

    public SiteSettings {
        ownDirectories = List.copyOf(ownDirectories);
    }

    /** The name a service of this site speaks under. */
    public String sourceOf(String service) {
        return "/sites/" + id + "/" + service;
    }
}

package io.holdfast.restore;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the restore service is reached, and where it writes nothing.
 *
 * @param tokenFile holds the token that the console must show to read archives; without one none is served
 * @param keepOutOf directories of this host that are Holdfast's own, beside the site's state directory and the vaults and
 *     regions of the plan: nothing is restored into them
 * @param url where the console reaches this service; null for this host's loopback address
 */
@ConfigurationProperties("holdfast.restore-service")
record RestoreSettings(
        @Nullable Path tokenFile,
        @DefaultValue List<Path> keepOutOf,
        @Nullable String url) {}

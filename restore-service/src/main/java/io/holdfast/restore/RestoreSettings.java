package io.holdfast.restore;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the restore service is reached.
 *
 * @param tokenFile holds the token that the console must show to read archives; without one none is served
 * @param url where the console reaches this service; null for this host's loopback address
 */
@ConfigurationProperties("holdfast.restore-service")
record RestoreSettings(@Nullable Path tokenFile, @Nullable String url) {}

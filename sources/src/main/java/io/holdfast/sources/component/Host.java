package io.holdfast.sources.component;

import io.holdfast.plan.Secret;
import io.holdfast.plan.SecretReference;
import io.holdfast.sources.engine.DockerEngine;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a source may use of the machine that it runs on.
 *
 * @param environment looks up environment variables
 * @param docker the engine of this site's containers; connected when it is first asked for something
 */
public record Host(Function<String, @Nullable String> environment, Clock clock, DockerEngine docker) {

    /**
     * Fetches a secret that the plan refers to.
     *
     * @throws io.holdfast.plan.SecretUnavailableException if there is none, with an operator's text
     */
    public Secret secret(SecretReference reference) {
        return reference.resolve(environment);
    }
}

package io.holdfast.sources.component;

import io.holdfast.plan.Secret;
import io.holdfast.plan.SecretReference;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a source may use of the machine that it runs on.
 *
 * @param environment looks up environment variables
 */
public record Host(Function<String, @Nullable String> environment, Clock clock) {

    /**
     * Fetches a secret that the plan refers to.
     *
     * @throws io.holdfast.plan.SecretUnavailableException if there is none, with an operator's text
     */
    public Secret secret(SecretReference reference) {
        return reference.resolve(environment);
    }
}

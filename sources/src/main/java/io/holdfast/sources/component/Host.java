package io.holdfast.sources.component;

import io.holdfast.plan.Secret;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.SecretUnavailableException;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.process.Commands;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a source may use of the machine that it runs on.
 *
 * @param environment looks up environment variables
 * @param docker the engine of this site's containers; connected when it is first asked for something
 */
public record Host(Function<String, @Nullable String> environment, Clock clock, DockerEngine docker) {

    private static final List<String> WAYS = List.of(
            "DOCKER_HOST",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "KUBECONFIG",
            "KUBERNETES_SERVICE_HOST",
            "KUBERNETES_SERVICE_PORT");

    /** The variables, as far as they are set, by which programs find the engine and the cluster. */
    public Map<String, String> waysToServers() {
        Map<String, String> ways = new HashMap<>();
        for (String name : WAYS) {
            String value = environment.apply(name);
            if (value != null) {
                ways.put(name, value);
            }
        }
        return ways;
    }

    /** Runs commands here and in containers. */
    public Commands commands() {
        return new Commands(docker);
    }

    /** Fetches a secret that the plan refers to; without one, fails with the code that the plan has for that. */
    public Secret secret(SecretReference reference) throws SourceException {
        try {
            return reference.resolve(environment);
        } catch (SecretUnavailableException e) {
            String text = String.valueOf(e.getMessage());
            throw new SourceException(e.code(), text.substring(e.code().length() + 1), e);
        }
    }
}

package io.holdfast.standalone;

import io.holdfast.plan.Plan;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.SecretUnavailableException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Secrets without which no vault, or no copy in a region, can be made here. */
final class MissingSecrets {

    private MissingSecrets() {}

    /** For an operator, what is wrong with each that cannot be read. */
    static List<String> of(Plan plan, Function<String, @Nullable String> environment) {
        return Stream.concat(
                        Stream.of(plan.vaults().password()),
                        plan.regions().stream().flatMap(region -> Stream.of(region.accessKey(), region.secretKey())))
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(secret -> problem(secret, environment).stream())
                .toList();
    }

    private static Optional<String> problem(SecretReference secret, Function<String, @Nullable String> environment) {
        try {
            secret.resolve(environment);
            return Optional.empty();
        } catch (SecretUnavailableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}

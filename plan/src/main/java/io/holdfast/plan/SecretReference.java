package io.holdfast.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret lies. The reference itself is not secret: it stands in plans and travels in events, and is resolved
 * where the secret is used.
 */
public sealed interface SecretReference {

    /** {@code env:NAME} or {@code file:PATH}. */
    @JsonValue
    String wire();

    /**
     * Fetches the secret.
     *
     * @param environment looks up an environment variable
     * @throws SecretUnavailableException if there is none, with an operator's text that does not hold the secret
     */
    Secret resolve(Function<String, @Nullable String> environment);

    /**
     * Reads what {@link #wire()} writes.
     *
     * @throws IllegalArgumentException if it is no reference; the text does not repeat what was given, as it may be the
     *     secret itself
     */
    @JsonCreator
    static SecretReference parse(String wire) {
        return SecretReferences.parse(wire);
    }

    /** A variable in the environment of the process that uses the secret. */
    record Environment(String name) implements SecretReference {

        public Environment {
            Names.require(
                    SecretReferences.VARIABLE.matcher(name).matches(),
                    "env: must be followed by the name of an environment variable");
        }

        @Override
        public String wire() {
            return "env:" + name;
        }

        @Override
        public Secret resolve(Function<String, @Nullable String> environment) {
            return SecretReferences.fromEnvironment(this, environment.apply(name));
        }
    }

    /** A file whose content, without the line break at its end, is the secret. */
    record File(Path path) implements SecretReference {

        public File {
            Names.require(path.isAbsolute(), "file: must be followed by an absolute path");
        }

        @Override
        public String wire() {
            return "file:" + path;
        }

        @Override
        public Secret resolve(Function<String, @Nullable String> environment) {
            return SecretReferences.fromFile(this);
        }
    }
}

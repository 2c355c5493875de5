package io.holdfast.notifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a secret lies: {@code env:NAME} or {@code file:PATH}. It is read when it is used, and never kept. */
record SecretReference(String text) {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    /**
     * Reads the secret.
     *
     * @param environment environment variables by name
     * @throws IllegalStateException if there is none; the text names the reference and never a secret
     */
    String resolve(Function<String, @Nullable String> environment) {
        if (text.startsWith(ENVIRONMENT)) {
            return resolveVariable(text.substring(ENVIRONMENT.length()), environment);
        }
        if (text.startsWith(FILE)) {
            return resolveFile(Path.of(text.substring(FILE.length())));
        }
        throw new IllegalStateException("the reference to the password begins neither with env: nor with file:");
    }

    private static String resolveVariable(String name, Function<String, @Nullable String> environment) {
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("the environment variable %s is not set".formatted(name));
        }
        return value;
    }

    private static String resolveFile(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the file %s cannot be read".formatted(file), e);
        }
    }
}

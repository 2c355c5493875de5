package io.holdfast.sources.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to run.
 *
 * @param argv the program and its arguments; no shell reads them
 * @param environment in addition to what is there; the place for secrets
 * @param user name or number, with a group behind ':' if wanted; null: as the container runs
 * @param directory absolute; null: as the container runs
 */
public record ExecSpec(
        List<String> argv,
        Map<String, String> environment,
        @Nullable String user,
        @Nullable String directory) {

    /** @throws IllegalArgumentException if something of it could be taken for something else */
    public ExecSpec {
        argv = Names.argv(argv);
        environment = Names.environment(environment);
        Names.user(user);
        if (directory != null) {
            Names.path("directory", directory);
        }
    }

    public static ExecSpec of(String... argv) {
        return new ExecSpec(List.of(argv), Map.of(), null, null);
    }

    public String program() {
        return argv.getFirst();
    }

    /** Of the environment names only. */
    @Override
    public String toString() {
        return "ExecSpec[%s, environment=%s, user=%s, directory=%s]"
                .formatted(argv, environment.keySet().stream().sorted().toList(), user, directory);
    }
}

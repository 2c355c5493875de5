package io.holdfast.sources.process;

import io.holdfast.sources.engine.ContainerId;
import io.holdfast.sources.engine.ExecSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run. No shell reads it.
 *
 * <p>On the host it sees of the environment of this process only PATH, HOME, USER, LANG, LC_ALL, TZ and TMPDIR, and what is
 * given here; in a container what that has, and what is given here. Secrets belong into the environment, never into
 * {@code argv}, which every process of the machine may read. All values of the environment are masked in messages.
 *
 * @param container where it runs; null: on this host
 * @param user in a container: name or number, with a group behind ':' if wanted; null: as the container runs. On the host
 *     always null: it runs as this process does
 * @param directory absolute; null: that of this process, or of the container
 * @param limit from its start until its output was read to the end; then it is killed with all that it started
 */
public record Command(
        List<String> argv,
        Map<String, String> environment,
        @Nullable ContainerId container,
        @Nullable String user,
        @Nullable String directory,
        Duration limit) {

    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if something of it could be taken for something else */
    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        new ExecSpec(argv, environment, user, directory);
        if (container == null && user != null) {
            throw new IllegalArgumentException("on the host a command runs as this process does, not as " + user);
        }
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("the time limit must be positive, was " + limit);
        }
    }

    /** On the host, for a minute at most. */
    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    /** On the host, for a minute at most. */
    public static Command of(List<String> argv) {
        return new Command(argv, Map.of(), null, null, null, DEFAULT_LIMIT);
    }

    public Command in(ContainerId container) {
        return new Command(argv, environment, container, user, directory, limit);
    }

    public Command as(String user) {
        return new Command(argv, environment, container, user, directory, limit);
    }

    public Command at(String directory) {
        return new Command(argv, environment, container, user, directory, limit);
    }

    public Command within(Duration limit) {
        return new Command(argv, environment, container, user, directory, limit);
    }

    /** With one more variable in its environment. */
    public Command with(String name, String value) {
        return with(Map.of(name, value));
    }

    public Command with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Command(argv, all, container, user, directory, limit);
    }

    public String program() {
        return argv.getFirst();
    }

    ExecSpec spec() {
        return new ExecSpec(argv, environment, user, directory);
    }

    /** Of the environment names only. */
    @Override
    public String toString() {
        return "Command[%s, container=%s, limit=%s]".formatted(spec(), container, limit);
    }
}

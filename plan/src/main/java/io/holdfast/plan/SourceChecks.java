package io.holdfast.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that the kinds of sources share. */
final class SourceChecks {

    private SourceChecks() {}

    static List<Path> paths(List<Path> paths) {
        for (Path path : paths) {
            Names.require(path.isAbsolute(), "paths must be absolute, was %s", path);
        }
        return Names.some("paths", paths);
    }

    static void data(DataLocation data, @Nullable String container) {
        Names.require(
                container != null || !(data instanceof DataLocation.InContainer),
                "data inside a container needs the container's name");
    }

    static void port(int port) {
        Names.require(port > 0 && port < 65_536, "port must be between 1 and 65535, was %d", port);
    }

    static void limit(String what, Duration limit) {
        Names.require(limit.isPositive(), "%s must be positive, was %s", what, limit);
    }

    static void atLeast(@Nullable Long bytes) {
        Names.require(bytes == null || bytes >= 0, "atLeast must not be negative, was %d", bytes);
    }

    static void extensions(List<String> extensions, List<String> databases) {
        Names.require(
                extensions.isEmpty() || databases.size() == 1, "extensions are made in one database, not in several");
    }

    static void jobs(int jobs, Source.PostgreSql.@Nullable Format format) {
        Names.require(jobs > 0, "jobs must be positive, was %d", jobs);
        Names.require(
                jobs == 1 || format != Source.PostgreSql.Format.PLAIN,
                "a plain dump is restored by one connection, not by several");
    }

    static void header(@Nullable String name) {
        if (name != null) {
            RestSyntax.header(name);
        }
    }

    static void user(String name) {
        Names.require(isUser(name), "'%s' is not the name of a user", name);
    }

    static boolean isUser(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_.-]*");
    }

    static void fileName(String name) {
        Names.require(isFileName(name), "'%s' is not the name of a file", name);
    }

    static boolean isFileName(String name) {
        return !name.isBlank()
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0
                && !name.equals(".")
                && !name.equals("..");
    }
}

package io.holdfast.plan;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a component captures. Travels inside events as JSON with the property {@code kind}.
 *
 * <p>Patterns are those of restic: {@code *.tmp} matches a name at any depth, {@code cache/*} a path at any depth, and
 * a pattern that begins with a slash the whole path. All paths of the host are absolute.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Source {

    /** What must rest during the capture. */
    Quiesce quiesce();

    /** The fewest bytes that its files may have together; 0 where it may be empty. Null: nothing is said of it. */
    default @Nullable Long atLeast() {
        return null;
    }

    /** The name of this kind in plans and events, such as {@code docker-volume}. */
    default String kind() {
        return SourceJson.kind(this);
    }

    /**
     * Whether a backup of the one holds what one of the other does: they may differ in how it is captured and put back, such as
     * in credentials, in limits and in what rests.
     */
    default boolean capturesSameAs(Source other) {
        return Content.of(this).equals(Content.of(other));
    }

    /** This source as events carry it. */
    default JsonNode toJson() {
        return SourceJson.write(this);
    }

    /**
     * Reads what {@link #toJson()} writes.
     *
     * @throws IllegalArgumentException if the kind or one of its fields is not known, or a field is missing or wrong: what
     *     is not understood is not captured by halves. The text is written for an operator
     */
    static Source fromJson(JsonNode json) {
        return SourceJson.read(json);
    }

    /**
     * Directories and single files of the host.
     *
     * @param include if not empty, only files that match one of these
     */
    @JsonTypeName("files")
    record Files(
            List<Path> paths,
            List<String> include,
            List<String> exclude,
            @Nullable Long atLeast,
            Quiesce quiesce) implements Source {
        public Files {
            SourceChecks.atLeast(atLeast);
            paths = SourceChecks.paths(paths);
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }

    /** A volume of the Docker engine. */
    @JsonTypeName("docker-volume")
    record DockerVolume(
            String volume, List<String> exclude, @Nullable Long atLeast, Quiesce quiesce) implements Source {
        public DockerVolume {
            SourceChecks.atLeast(atLeast);
            Names.text("volume", volume);
            exclude = List.copyOf(exclude);
        }
    }

    /** A path inside a container. */
    @JsonTypeName("container-path")
    record ContainerPath(
            String container,
            String path,
            List<String> exclude,
            @Nullable Long atLeast,
            Quiesce quiesce) implements Source {
        public ContainerPath {
            SourceChecks.atLeast(atLeast);
            Names.text("container", container);
            Names.require(path.startsWith("/"), "a path in a container must be absolute, was %s", path);
            exclude = List.copyOf(exclude);
        }
    }

    /**
     * A ChromaDB server: its data directory, and the number of its collections to compare with.
     *
     * @param container null if it does not run in one
     * @param url where it answers its heartbeat
     * @param token which it asks for; null: none
     * @param tokenHeader carries the token as it is; null: {@code Authorization} carries it as a bearer token
     * @param readyWithin how long it may take to answer after a start
     */
    @JsonTypeName("chromadb")
    record ChromaDb(
            @Nullable String container,
            DataLocation data,
            URI url,
            @Nullable SecretReference token,
            @Nullable String tokenHeader,
            Duration readyWithin,
            @Nullable Long atLeast,
            Quiesce quiesce)
            implements Source {
        public ChromaDb {
            SourceChecks.atLeast(atLeast);
            SourceChecks.data(data, container);
            SourceChecks.header(tokenHeader);
            SourceChecks.limit("readyWithin", readyWithin);
        }
    }

    /**
     * A Redis server: saved by BGSAVE, then its RDB and AOF.
     *
     * @param container null if it does not run in one
     * @param host where it listens; inside the container if there is one
     * @param limit how long a save may take
     */
    @JsonTypeName("redis")
    record Redis(
            @Nullable String container,
            String host,
            int port,
            @Nullable String user,
            @Nullable SecretReference password,
            DataLocation data,
            Duration limit,
            Quiesce quiesce)
            implements Source {
        public Redis {
            Names.text("host", host);
            SourceChecks.port(port);
            SourceChecks.data(data, container);
            SourceChecks.limit("limit", limit);
        }
    }

    /**
     * Databases of a PostgreSQL server, dumped with their extensions and roles.
     *
     * @param container where the dump runs; null: over the network
     * @param host where it listens; inside a container {@link #DEFAULT_HOST} means the socket there
     * @param databases empty: all but templates
     * @param globals whether roles and tablespaces are dumped too
     * @param extensions which the one database needs, beside those that its dump brings
     * @param excludeTableData patterns of tables whose rows are left out
     * @param format of the dumps; null: custom
     * @param jobs how many connections restore a database at once; 1: one, in one transaction
     * @param migrate run after a restore, as an argument vector; empty: nothing
     */
    @JsonTypeName("postgresql")
    record PostgreSql(
            @Nullable String container,
            String host,
            int port,
            List<String> databases,
            String user,
            @Nullable SecretReference password,
            boolean globals,
            List<String> extensions,
            List<String> excludeTableData,
            @Nullable Format format,
            int jobs,
            List<String> migrate,
            Quiesce quiesce)
            implements Source {
        public static final String DEFAULT_HOST = "localhost";

        /** The forms of a dump. */
        public enum Format {
            /** PostgreSQL's archive, which pg_restore reads. */
            CUSTOM,
            /** SQL, which psql and a person read. */
            PLAIN
        }

        public PostgreSql {
            Names.text("host", host);
            SourceChecks.port(port);
            databases.forEach(database -> Names.text("database", database));
            databases = List.copyOf(databases);
            Names.text("user", user);
            extensions = List.copyOf(extensions);
            SourceChecks.extensions(extensions, databases);
            SourceChecks.jobs(jobs, format);
            excludeTableData = List.copyOf(excludeTableData);
            migrate = List.copyOf(migrate);
        }
    }

    /**
     * A system that makes its own backups over REST.
     *
     * @param url what the paths of the API count from
     * @param api how it is spoken to
     * @param collections empty: all
     * @param token which the system asks for; null: none
     * @param limit how long the system may take to make a backup, or to put one into effect
     * @param maxSize the most bytes that one backup may have
     */
    @JsonTypeName("backup-api")
    record BackupApi(
            URI url,
            RestApi api,
            List<String> collections,
            @Nullable SecretReference token,
            Duration limit,
            long maxSize,
            Quiesce quiesce)
            implements Source {
        public BackupApi {
            collections = List.copyOf(collections);
            SourceChecks.limit("limit", limit);
            Names.require(maxSize > 0, "maxSize must be positive, was %d", maxSize);
        }
    }

    /**
     * Configuration of a host, laid over what is there when it is restored, and put into effect again.
     *
     * @param crontabs users whose crontab is saved
     * @param units systemd units whose files are saved
     * @param namespaces Kubernetes namespaces whose manifests are saved
     */
    @JsonTypeName("configuration")
    record Configuration(
            List<Path> paths,
            List<String> exclude,
            List<String> crontabs,
            List<String> units,
            List<String> namespaces,
            Quiesce quiesce)
            implements Source {
        public Configuration {
            paths = paths.isEmpty() ? List.of() : SourceChecks.paths(paths);
            exclude = List.copyOf(exclude);
            crontabs.forEach(SourceChecks::user);
            crontabs = List.copyOf(crontabs);
            units = List.copyOf(units);
            namespaces = List.copyOf(namespaces);
            Names.require(
                    !(paths.isEmpty() && crontabs.isEmpty() && units.isEmpty() && namespaces.isEmpty()),
                    "a configuration without paths, crontabs, units and namespaces is nothing");
        }
    }

    /**
     * The state of the host at the time of the backup, as text.
     *
     * @param paths whose disks are looked at
     * @param commands whose output is kept besides, each an argument vector
     */
    @JsonTypeName("system-information")
    record SystemInformation(List<Path> paths, List<List<String>> commands, Quiesce quiesce) implements Source {
        public SystemInformation {
            paths = paths.isEmpty() ? List.of() : SourceChecks.paths(paths);
            commands = commands.stream()
                    .map(command -> Names.some("command", command))
                    .toList();
        }
    }

    /**
     * The output of a command.
     *
     * @param command an argument vector; no shell reads it
     * @param container where it runs; null: on the host
     * @param environment secrets it needs, by variable
     * @param fileName under which the output is kept
     * @param restore reads the output back from its input, as an argument vector; empty: the file is put into a directory
     * @param limit how long either may take
     */
    @JsonTypeName("command")
    record Command(
            List<String> command,
            @Nullable String container,
            Map<String, SecretReference> environment,
            String fileName,
            List<String> restore,
            Duration limit,
            Quiesce quiesce)
            implements Source {
        public Command {
            command = Names.some("command", command);
            environment = Map.copyOf(environment);
            SourceChecks.fileName(fileName);
            restore = List.copyOf(restore);
            SourceChecks.limit("limit", limit);
        }
    }
}

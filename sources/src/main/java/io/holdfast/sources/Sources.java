package io.holdfast.sources;

import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Source;
import io.holdfast.sources.backupapi.BackupApiSource;
import io.holdfast.sources.chroma.ChromaSource;
import io.holdfast.sources.command.CommandSource;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.configuration.ConfigurationSource;
import io.holdfast.sources.docker.Docker;
import io.holdfast.sources.files.FilesSource;
import io.holdfast.sources.postgresql.PostgreSqlSource;
import io.holdfast.sources.redis.RedisSource;
import io.holdfast.sources.systeminformation.SystemInformationSource;

/** The kinds of sources, and what captures each. */
public final class Sources {

    private final Host host;
    private final Docker docker;

    public Sources(Host host) {
        this.host = host;
        docker = new Docker(host);
    }

    /**
     * Finds what captures a component and puts it back.
     *
     * @param at the component's stable place in its snapshots: {@code /stack/component}
     */
    public ComponentSource of(Source source, String at) {
        return switch (source) {
            case Source.Files files -> new FilesSource(files, at);
            case Source.BackupApi api -> new BackupApiSource(api, at, host);
            case Source.Command command -> new CommandSource(command, at, host);
            case Source.Configuration configuration -> new ConfigurationSource(configuration, at, host);
            case Source.SystemInformation information -> new SystemInformationSource(information, at, host);
            case Source.PostgreSql postgres -> new PostgreSqlSource(postgres, at, host);
            case Source.DockerVolume volume ->
                docker.data(
                                new DataLocation.Volume(volume.volume()),
                                null,
                                volume.quiesce().mode(),
                                volume.exclude(),
                                at,
                                "/data")
                        .ofAtLeast(volume.atLeast());
            case Source.ContainerPath path ->
                docker.data(
                                new DataLocation.InContainer(path.path()),
                                path.container(),
                                path.quiesce().mode(),
                                path.exclude(),
                                at,
                                path.path())
                        .ofAtLeast(path.atLeast());
            case Source.Redis redis -> new RedisSource(redis, at, host, docker);
            case Source.ChromaDb chroma -> new ChromaSource(docker, chroma, at, host);
        };
    }
}

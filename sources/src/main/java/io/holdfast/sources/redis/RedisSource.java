package io.holdfast.sources.redis;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.Docker;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A Redis server: saved by {@code BGSAVE}, then its data directory as a whole, so that RDB and append-only file never come
 * from different times, and {@code redis.json} with what it held.
 */
public final class RedisSource implements ComponentSource {

    /** Where a snapshot shows the data directory, below the component's place. */
    static final String DATA = "/data";

    /** What a save or rewrite that is not done yet writes to. */
    private static final List<String> EXCLUDES = List.of("temp-*.rdb", "temp-*.aof", "temp-*.manifest");

    private final Source.Redis source;
    private final String at;
    private final Host host;
    private final ComponentSource data;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public RedisSource(Source.Redis source, String at, Host host, Docker docker) {
        this.source = source;
        this.at = at;
        this.host = host;
        data = docker.data(source.data(), source.container(), source.quiesce().mode(), EXCLUDES, at, DATA);
    }

    @Override
    public Capture capture() {
        return new RedisCapture(this);
    }

    @Override
    public Content salvage() throws IOException {
        return data.salvage();
    }

    @Override
    public WayBack wayBack() {
        return new RedisWayBack(this);
    }

    @Override
    public Optional<WayBack> intoNewVolume(String volume, String restore) {
        return data.intoNewVolume(volume, restore);
    }

    @Override
    public String byHand() {
        return "%s Do this while the server is stopped, and start it afterwards: with appendonly yes it reads %s/appendonlydir, otherwise %s/dump.rdb. Redis 7 with appendonly yes and without appendonlydir starts empty. DIRECTORY%s/%s says what it held: compare with INFO keyspace."
                .formatted(data.byHand(), DATA.substring(1), DATA.substring(1), at, RedisState.FILE);
    }

    Source.Redis source() {
        return source;
    }

    String at() {
        return at;
    }

    Host host() {
        return host;
    }

    ComponentSource data() {
        return data;
    }

    RedisServer server(String safe) {
        return new RedisServer(new RedisCli(source, host, safe));
    }
}

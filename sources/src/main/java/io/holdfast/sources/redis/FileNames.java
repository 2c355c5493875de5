package io.holdfast.sources.redis;

import java.util.Map;

/**
 * What a server calls its files, as {@code CONFIG GET} says.
 *
 * @param rdb {@code dbfilename}
 * @param appendOnly whether the append-only file is on: then it is read at a start, and the RDB file is not
 * @param aofDirectory {@code appenddirname}, where Redis 7 keeps the parts
 * @param aof {@code appendfilename}
 */
record FileNames(String rdb, boolean appendOnly, String aofDirectory, String aof) {

    /** @param config what is missing has its default */
    static FileNames of(Map<String, String> config, boolean appendOnly) {
        return new FileNames(
                config.getOrDefault("dbfilename", "dump.rdb"),
                appendOnly,
                config.getOrDefault("appenddirname", "appendonlydir"),
                config.getOrDefault("appendfilename", "appendonly.aof"));
    }

    String manifest() {
        return aofDirectory + "/" + aof + ".manifest";
    }
}

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

    /** Each of their settings matches this, and few others. */
    static final String SETTINGS = "*name";

    static final FileNames DEFAULT = new FileNames("dump.rdb", false, "appendonlydir", "appendonly.aof");

    /** @param config what is missing stays as it is here */
    FileNames with(Map<String, String> config, boolean appendOnly) {
        return new FileNames(
                config.getOrDefault("dbfilename", rdb),
                appendOnly,
                config.getOrDefault("appenddirname", aofDirectory),
                config.getOrDefault("appendfilename", aof));
    }

    String manifest() {
        return aofDirectory + "/" + aof + ".manifest";
    }
}

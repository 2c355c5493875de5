package io.holdfast.vault.files;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers of this machine's users and groups by name, each asked for once; none where plain Java cannot tell. */
public final class Accounts {

    private final Map<String, OptionalLong> users = new ConcurrentHashMap<>();
    private final Map<String, OptionalLong> groups = new ConcurrentHashMap<>();

    public OptionalLong user(String name) {
        return find(name, users, Owners::uid);
    }

    public OptionalLong group(String name) {
        return find(name, groups, Owners::gid);
    }

    private interface Lookup {
        OptionalLong find(String name);
    }

    private static OptionalLong find(String name, Map<String, OptionalLong> known, Lookup lookup) {
        return Platform.isNative() && !name.isEmpty() && name.indexOf('\0') < 0
                ? known.computeIfAbsent(name, lookup::find)
                : OptionalLong.empty();
    }
}

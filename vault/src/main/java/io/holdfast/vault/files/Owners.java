package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of users and groups, each asked for once: a directory service may stand behind the answer. */
final class Owners {

    /** Larger than {@code struct passwd} and {@code struct group}, which begin with a pointer to the name. */
    private static final long RECORD = 64;

    private static final long MOST = 1024 * 1024;

    private interface Lookup {
        int find(int id, MemorySegment record, MemorySegment buffer, MemorySegment result);
    }

    private final Map<Integer, String> users = new ConcurrentHashMap<>();
    private final Map<Integer, String> groups = new ConcurrentHashMap<>();

    /** Empty when there is none with this number. */
    String user(int uid) {
        String known = users.get(uid);
        return known != null ? known : users.computeIfAbsent(uid, id -> find(LibC::getpwuid, id));
    }

    String group(int gid) {
        String known = groups.get(gid);
        return known != null ? known : groups.computeIfAbsent(gid, id -> find(LibC::getgrgid, id));
    }

    @SuppressWarnings("restricted")
    private static String find(Lookup lookup, int id) {
        for (long size = 4096; size <= MOST; size *= 8) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment record = arena.allocate(RECORD, Long.BYTES);
                MemorySegment result = arena.allocate(ADDRESS);
                int error = lookup.find(id, record, arena.allocate(size), result);
                if (error != Errno.ERANGE) {
                    boolean found = error == 0 && !result.get(ADDRESS, 0).equals(MemorySegment.NULL);
                    return found ? record.get(ADDRESS, 0).reinterpret(size).getString(0) : "";
                }
            }
        }
        return "";
    }
}

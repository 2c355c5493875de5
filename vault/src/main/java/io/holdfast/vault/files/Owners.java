package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Names of users and groups, each asked for once: a directory service may stand behind the answer. */
final class Owners {

    private static final MemorySegment GETPWUID = LibC.function("getpwuid_r");
    private static final MemorySegment GETGRGID = LibC.function("getgrgid_r");
    private static final MemorySegment GETPWNAM = LibC.function("getpwnam_r");
    private static final MemorySegment GETGRNAM = LibC.function("getgrnam_r");

    /** Where both structs hold the number. */
    private static final long ID = 16;

    /** Larger than {@code struct passwd} and {@code struct group}, which begin with a pointer to the name. */
    private static final long RECORD = 64;

    private static final long LEAST = 4096;
    private static final long MOST = 1024 * 1024;

    private final Map<Integer, String> users = new ConcurrentHashMap<>();
    private final Map<Integer, String> groups = new ConcurrentHashMap<>();

    /** Empty when there is none with this number. */
    String user(int uid) {
        String known = users.get(uid);
        return known != null ? known : users.computeIfAbsent(uid, id -> find(GETPWUID, id));
    }

    String group(int gid) {
        String known = groups.get(gid);
        return known != null ? known : groups.computeIfAbsent(gid, id -> find(GETGRGID, id));
    }

    /** The user's number. */
    static OptionalLong uid(String user) {
        return find(GETPWNAM, user);
    }

    static OptionalLong gid(String group) {
        return find(GETGRNAM, group);
    }

    private static OptionalLong find(MemorySegment lookup, String name) {
        for (long size = LEAST; size <= MOST; size *= 8) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment found = arena.allocate(RECORD, Long.BYTES);
                MemorySegment result = arena.allocate(ADDRESS);
                MemorySegment room = arena.allocate(size);
                int error = (int) LibC.call(
                        lookup,
                        Scratch.get(),
                        arena.allocateFrom(name).address(),
                        found.address(),
                        room.address(),
                        size,
                        result.address());
                if (error != Errno.ERANGE) {
                    return isFound(error, result)
                            ? OptionalLong.of(Integer.toUnsignedLong(found.get(JAVA_INT, ID)))
                            : OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    @SuppressWarnings("restricted")
    private static String find(MemorySegment lookup, int id) {
        for (long size = LEAST; size <= MOST; size *= 8) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment found = arena.allocate(RECORD, Long.BYTES);
                MemorySegment result = arena.allocate(ADDRESS);
                MemorySegment room = arena.allocate(size);
                int error = (int)
                        LibC.call(lookup, Scratch.get(), id, found.address(), room.address(), size, result.address());
                if (error != Errno.ERANGE) {
                    return isFound(error, result)
                            ? found.get(ADDRESS, 0).reinterpret(size).getString(0)
                            : "";
                }
            }
        }
        return "";
    }

    private static boolean isFound(int error, MemorySegment result) {
        return error == 0 && !result.get(ADDRESS, 0).equals(MemorySegment.NULL);
    }
}

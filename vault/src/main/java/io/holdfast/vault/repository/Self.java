package io.holdfast.vault.repository;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who this process is. */
public final class Self {

    public static final String PROGRAM = "holdfast 0.1.0";
    public static final String HOSTNAME = hostname();
    public static final String USERNAME = System.getProperty("user.name", "");
    public static final long PID = ProcessHandle.current().pid();
    public static final long UID = id("uid");
    public static final long GID = id("gid");

    private Self() {}

    /** The kernel's name for this host, as restic asks for it: it must be equal in both programs' locks. */
    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }

    private static long id(String kind) {
        try {
            Map<String, Object> self = Files.readAttributes(Path.of("/proc/self"), "unix:" + kind);
            @Nullable Object id = self.get(kind);
            return id instanceof Number number ? number.longValue() : 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 0;
        }
    }
}

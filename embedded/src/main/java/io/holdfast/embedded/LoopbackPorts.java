package io.holdfast.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The loopback ports of one data directory, kept in a small file of {@code name=port} lines. A port that was chosen
 * once is chosen again at the next start, so clients find it; the file belongs to one running process at a time.
 */
public final class LoopbackPorts {

    /** The only address that the embedded parts listen on. */
    public static final String HOST = "127.0.0.1";

    /** Below the range from which common systems take the ports of outgoing connections. */
    private static final int LOWEST_CHOICE = 20_000;

    private static final int HIGHEST_CHOICE = 32_000;
    private static final int TRIES = 200;
    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9.-]*)=([0-9]{1,5})");

    private final Path file;
    private final IntPredicate free;
    private final Map<String, Integer> claimed = new HashMap<>();

    /** @param file where the ports are kept; made when missing, along with its directory */
    public LoopbackPorts(Path file) {
        this(file, LoopbackPorts::isFree);
    }

    LoopbackPorts(Path file, IntPredicate free) {
        this.file = file.toAbsolutePath();
        this.free = free;
    }

    /** The port kept under this name, for a client that looks for a running server. */
    public static OptionalInt find(Path file, String name) {
        Integer port = read(file).get(name);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /**
     * Settles the port of one server and keeps it.
     *
     * @param name lower-case letters, digits, dots and dashes
     * @param wanted the port to use, or 0 for the kept one, or a new one where that is taken
     * @throws EmbeddedPartException HF-S01 when the wanted port is in use
     */
    public synchronized int claim(String name, int wanted) {
        Map<String, Integer> kept = read(file);
        int port = wanted == 0 ? choose(kept.get(name), kept) : refuseIfTaken(name, wanted);
        claimed.put(name, port);
        kept.put(name, port);
        write(kept);
        return port;
    }

    /**
     * The kept port of one server, whoever listens there now, or a new one. For an address that was handed out: a server
     * that cannot open it says so, where one elsewhere would not be found.
     *
     * @param name lower-case letters, digits, dots and dashes
     */
    public synchronized int keep(String name) {
        Integer kept = read(file).get(name);
        if (kept == null || claimed.containsValue(kept)) {
            return claim(name, 0);
        }
        claimed.put(name, kept);
        return kept;
    }

    /**
     * Looks at the port of a server that is started later, so that what cannot run is refused before anything does.
     *
     * @throws EmbeddedPartException HF-S01 when another program has the port
     */
    public void requireFree(String name, int port) {
        if (!free.test(port)) {
            throw inUse(name, port, null);
        }
    }

    private int refuseIfTaken(String name, int wanted) {
        if (claimed.containsValue(wanted) || !free.test(wanted)) {
            throw inUse(name, wanted, null);
        }
        return wanted;
    }

    /** The error for a port that another program took; also for one lost between the choice and the bind. */
    public static EmbeddedPartException inUse(String name, int port, @Nullable Throwable cause) {
        return new EmbeddedPartException(
                "HF-S01",
                ("Cannot open port %d on 127.0.0.1 for '%s': another program listens there. Nothing was changed. "
                                + "Stop that program (ss -ltnp 'sport = :%d' names it) and start again, "
                                + "or give '%s' another port.")
                        .formatted(port, name, port, name),
                cause);
    }

    private int choose(@Nullable Integer before, Map<String, Integer> kept) {
        if (before != null && isChoice(before)) {
            return before;
        }
        for (int i = 0; i < TRIES; i++) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST_CHOICE, HIGHEST_CHOICE);
            if (!kept.containsValue(candidate) && isChoice(candidate)) {
                return candidate;
            }
        }
        throw new EmbeddedPartException(
                "HF-S02",
                "Cannot find a free port on 127.0.0.1 between %d and %d. Nothing was changed. Name one that is free."
                        .formatted(LOWEST_CHOICE, HIGHEST_CHOICE - 1),
                null);
    }

    private boolean isChoice(int port) {
        return !claimed.containsValue(port) && free.test(port);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Lines that make no sense are dropped: a torn file costs a port number, not the start. */
    private static Map<String, Integer> read(Path file) {
        Map<String, Integer> ports = new TreeMap<>();
        if (!Files.exists(file)) {
            return ports;
        }
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                var match = LINE.matcher(line);
                if (match.matches() && Integer.parseInt(match.group(2)) <= 0xffff) {
                    ports.put(match.group(1), Integer.parseInt(match.group(2)));
                }
            }
        } catch (IOException e) {
            throw unusable("read", file, e);
        }
        return ports;
    }

    private void write(Map<String, Integer> ports) {
        String text = ports.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Path next = file.resolveSibling(file.getFileName() + ".tmp");
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable("keep", file, e);
        }
    }

    private static EmbeddedPartException unusable(String what, Path file, IOException cause) {
        return new EmbeddedPartException(
                "HF-S03",
                "Cannot %s the chosen ports in %s: %s"
                        .formatted(
                                what,
                                file,
                                WriteFault.of(cause, cause.toString(), file).told("Nothing was changed.")),
                cause);
    }
}

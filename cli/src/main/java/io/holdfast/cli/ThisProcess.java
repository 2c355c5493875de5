package io.holdfast.cli;

import io.holdfast.cli.verb.Surroundings;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process as it is. */
final class ThisProcess implements Surroundings {

    @Override
    public @Nullable String environment(String name) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public InputStream stdin() {
        return new FileInputStream(FileDescriptor.in);
    }

    @Override
    public OutputStream stdout() {
        return new FileOutputStream(FileDescriptor.out);
    }

    @Override
    public boolean isStdoutTerminal() {
        return isTerminal(1);
    }

    @Override
    public boolean isStderrTerminal() {
        return isTerminal(2) && !"dumb".equals(environment("TERM"));
    }

    /** The JDK only tells whether input and output together are a terminal, Linux tells it of each. */
    private static boolean isTerminal(int descriptor) {
        try {
            String open = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return open.startsWith("/dev/pts/") || open.startsWith("/dev/tty") || open.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return console().isPresent();
        }
    }

    @Override
    public Optional<char[]> askPassword(String prompt) {
        return console().map(console -> console.readPassword("%s: ", prompt));
    }

    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }
}

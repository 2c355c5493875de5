package io.holdfast.sources.configuration;

import io.holdfast.sources.component.Host;
import io.holdfast.sources.process.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that a configuration is asked of.
 *
 * @param crontab each as it is to be found on this host
 */
record Programs(Host host, String crontab, String systemctl, String kubectl) {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MOST = 64 * 1024 * 1024;

    static Programs of(Host host) {
        return new Programs(host, "crontab", "systemctl", "kubectl");
    }

    /** Why a program did not do what it should, to be put into a sentence. */
    static String why(IOException failure) {
        return String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
    }

    /** All that it prints, 64 MiB at most. */
    byte[] ask(String program, String... arguments) throws IOException {
        try (InputStream in = host.commands().stream(command(program, arguments))) {
            byte[] output = in.readNBytes(MOST);
            if (in.read() >= 0) {
                throw new IOException("'%s' prints more than 64 MiB".formatted(program));
            }
            return output;
        }
    }

    void tell(byte[] stdin, String program, String... arguments) throws IOException {
        host.commands().feed(command(program, arguments), new ByteArrayInputStream(stdin));
    }

    private Command command(String program, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(program));
        argv.addAll(List.of(arguments));
        return Command.of(argv).within(LIMIT).with(host.waysToServers());
    }
}

package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.verb.Verb;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A verb that asks a console. */
abstract class ConsoleVerb extends Verb {

    private static final String TOKEN = "token";

    @Mixin
    private final ConsoleOptions options = new ConsoleOptions();

    @Override
    protected final int run() throws Exception {
        before();
        try (Console console = console()) {
            return run(console);
        }
    }

    /** Checks what can be checked without a console. */
    void before() {}

    abstract int run(Console console) throws Exception;

    /** Whether the console works on this machine's files. */
    final boolean isLocal() {
        return server().isEmpty();
    }

    private Optional<String> server() {
        return Optional.ofNullable(options.server).or(() -> environment("HOLDFAST_SERVER"));
    }

    private Console console() {
        Path data = dataDirectory();
        Optional<String> server = server();
        if (server.isPresent()) {
            URI uri = uri(server.get());
            Path file = tokenFile()
                    .orElseThrow(() -> usage(
                            "The token of the console at %s lies in --token-file or HOLDFAST_TOKEN_FILE, and neither is given; the data directory's is for its own console alone."
                                    .formatted(uri)));
            return new Console(uri, BearerToken.in(file), surroundings(), this::unreachable);
        }
        Endpoints endpoints = Endpoints.of(data);
        return new Console(
                uri(endpoints.console()),
                BearerToken.in(tokenFile().orElse(data.resolve(TOKEN))),
                surroundings(),
                why -> Endpoints.notRunning(data, why));
    }

    private Optional<Path> tokenFile() {
        return Optional.ofNullable(options.tokenFile)
                .or(() -> environment("HOLDFAST_TOKEN_FILE").map(Path::of));
    }

    private CliException unreachable(String why) {
        return Code.CONSOLE_UNREACHABLE.because(
                "Cannot reach the console: %s. Nothing was changed, and every backup is safe; 'holdfast vault' works on repositories without it. Check --server or HOLDFAST_SERVER, and whether the console runs."
                        .formatted(why));
    }

    private URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw usage("'%s' is not the address of a console; it must look like https://console.example:8443."
                .formatted(text));
    }
}

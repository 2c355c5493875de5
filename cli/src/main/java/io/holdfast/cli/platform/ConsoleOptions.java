package io.holdfast.cli.platform;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which console is asked, where it is not that of the data directory. */
final class ConsoleOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "A console elsewhere, http(s)://HOST:PORT. Default: HOLDFAST_SERVER, or the data directory's.")
    @Nullable
    String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "The file that holds its token. Default: HOLDFAST_TOKEN_FILE; without --server the data directory's.")
    @Nullable
    Path tokenFile;
}

package io.holdfast.vault.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The library that {@link OpenSsl} must find where Debian installed it. */
final class InstalledOpenSsl {

    private InstalledOpenSsl() {}

    static void assumeIsThere() {
        assumeTrue(Stream.of("x86_64", "aarch64")
                .anyMatch(each -> Files.exists(Path.of("/usr/lib/%s-linux-gnu/libcrypto.so.3".formatted(each)))));
    }
}

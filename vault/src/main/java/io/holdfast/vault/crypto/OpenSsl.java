package io.holdfast.vault.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/** The system's OpenSSL 3. What it gives must be as our own code gives it; where it is missing, that does the work. */
final class OpenSsl {

    private OpenSsl() {}

    /** A function of its library; empty where there is none, or where this process may call none. */
    @SuppressWarnings("restricted")
    static Optional<MemorySegment> function(String name) {
        try {
            return SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global()).find(name);
        } catch (IllegalArgumentException | IllegalCallerException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }
}

package io.holdfast.vault.crypto;

import io.holdfast.vault.foreign.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * scrypt by {@link OpenSsl}: compiled already, it takes half as long as {@link Scrypt} in a JVM that has just started. Its
 * {@code EVP_KDF} interface takes the parameters as a list (OSSL_PARAM(3)), so that each function has few arguments, as
 * {@link NativeCall} needs.
 */
final class OpenSslScrypt {

    /** Null where there is none that can be relied on. */
    private static final @Nullable OpenSslScrypt VERIFIED =
            found().filter(OpenSslScrypt::isRight).orElse(null);

    private final MemorySegment newContext;
    private final MemorySegment derive;
    private final MemorySegment freeContext;
    private final long algorithm;

    private OpenSslScrypt(
            MemorySegment newContext, MemorySegment derive, MemorySegment freeContext, MemorySegment fetch) {
        this.newContext = newContext;
        this.derive = derive;
        this.freeContext = freeContext;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom("SCRYPT");
            algorithm = NativeCall.call(fetch, NativeCall.state(arena), 0, name.address(), 0, 0, 0);
        }
    }

    /** The key as {@link Scrypt#ownKey} gives it; null when this system cannot. */
    static byte @Nullable [] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
        return VERIFIED == null ? null : VERIFIED.key(password, salt, n, r, p, length);
    }

    private byte @Nullable [] key(byte[] password, byte[] salt, int n, int r, int p, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = NativeCall.state(arena);
            MemorySegment secret = bytes(arena, password);
            MemorySegment key = arena.allocate(length);
            MemorySegment parameters = new Parameters(arena)
                    .bytes("pass", secret, password.length)
                    .bytes("salt", bytes(arena, salt), salt.length)
                    .number("n", n)
                    .number("r", r)
                    .number("p", p)
                    .number("maxmem_bytes", Long.MAX_VALUE)
                    .list();
            long context = NativeCall.call(newContext, state, algorithm, 0, 0, 0, 0);
            if (context == 0) {
                return null;
            }
            long done = NativeCall.call(derive, state, context, key.address(), length, parameters.address(), 0);
            NativeCall.call(freeContext, state, context, 0, 0, 0, 0);
            byte[] derived = key.toArray(ValueLayout.JAVA_BYTE);
            secret.fill((byte) 0);
            key.fill((byte) 0);
            return (int) done == 1 ? derived : null;
        }
    }

    /** Room for one byte more, since nothing has no address. */
    private static MemorySegment bytes(Arena arena, byte[] bytes) {
        return arena.allocate(bytes.length + 1L).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static Optional<OpenSslScrypt> found() {
        try {
            return OpenSsl.function("EVP_KDF_CTX_new")
                    .flatMap(create -> OpenSsl.function("EVP_KDF_derive")
                            .flatMap(derive -> OpenSsl.function("EVP_KDF_CTX_free")
                                    .flatMap(free -> OpenSsl.function("EVP_KDF_fetch")
                                            .map(fetch -> new OpenSslScrypt(create, derive, free, fetch)))))
                    .filter(scrypt -> scrypt.algorithm != 0);
        } catch (LinkageError thisSystemCallsNone) {
            return Optional.empty();
        }
    }

    /** RFC 7914, section 12, the first vector. */
    private boolean isRight() {
        byte[] expected = HexFormat.of()
                .parseHex("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
        return Arrays.equals(key(new byte[0], new byte[0], 16, 1, 1, expected.length), expected);
    }

    /** An array of {@code OSSL_PARAM}s: name, type, data, their length, length of an answer; one of zeros ends it. */
    private static final class Parameters {

        private static final int MOST = 7;
        private static final long BYTES = 5L * Long.BYTES;
        private static final int UNSIGNED_INTEGER = 2;
        private static final int OCTET_STRING = 5;

        private final Arena arena;
        private final MemorySegment list;
        private long at;

        Parameters(Arena arena) {
            this.arena = arena;
            list = arena.allocate(MOST * BYTES, Long.BYTES);
        }

        Parameters number(String name, long value) {
            return add(name, UNSIGNED_INTEGER, arena.allocateFrom(ValueLayout.JAVA_LONG, value), Long.BYTES);
        }

        Parameters bytes(String name, MemorySegment bytes, int length) {
            return add(name, OCTET_STRING, bytes, length);
        }

        private Parameters add(String name, int type, MemorySegment data, long length) {
            list.set(ValueLayout.JAVA_LONG, at, arena.allocateFrom(name).address());
            list.set(ValueLayout.JAVA_INT, at + 8, type);
            list.set(ValueLayout.JAVA_LONG, at + 16, data.address());
            list.set(ValueLayout.JAVA_LONG, at + 24, length);
            at += BYTES;
            return this;
        }

        MemorySegment list() {
            return list;
        }
    }
}

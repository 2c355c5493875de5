package io.holdfast.vault.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Poly1305 by {@link OpenSsl}. It multiplies several numbers at once, as the JDK does for its
 * own ciphers only: eight times as fast as {@link Poly1305}.
 */
final class OpenSslPoly1305 {

    /** What a call costs is then a small part. */
    static final int WORTHWHILE = 2048;

    private static final MemorySegment NAME = Arena.global().allocateFrom("POLY1305");
    /** {@code EVP_Q_mac}; null where there is none that can be relied on. */
    private static final @Nullable MethodHandle MAC = verified(bound());

    private OpenSslPoly1305() {}

    /** The authenticator as {@link Poly1305#tag} gives it; null when this system cannot. */
    static byte @Nullable [] tag(byte[] r, byte[] s, byte[] message, int offset, int length) {
        return MAC == null ? null : call(MAC, r, s, message, offset, length);
    }

    private static byte @Nullable [] call(
            MethodHandle mac, byte[] r, byte[] s, byte[] message, int offset, int length) {
        byte[] key = Arrays.copyOf(r, r.length + s.length);
        System.arraycopy(s, 0, key, r.length, s.length);
        byte[] tag = new byte[Poly1305.TAG_BYTES];
        try {
            MemorySegment done = (MemorySegment) mac.invokeExact(
                    MemorySegment.NULL,
                    NAME,
                    MemorySegment.NULL,
                    MemorySegment.NULL,
                    MemorySegment.NULL,
                    MemorySegment.ofArray(key),
                    (long) key.length,
                    MemorySegment.ofArray(message).asSlice(offset, length),
                    (long) length,
                    MemorySegment.ofArray(tag),
                    (long) tag.length,
                    MemorySegment.NULL);
            return done.address() == 0 ? null : tag;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the system's OpenSSL failed", e);
        }
    }

    @SuppressWarnings("restricted")
    private static @Nullable MethodHandle bound() {
        return OpenSsl.function("EVP_Q_mac")
                .map(function -> Linker.nativeLinker()
                        .downcallHandle(
                                function,
                                FunctionDescriptor.of(
                                        ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG,
                                        ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS),
                                Linker.Option.critical(true)))
                .orElse(null);
    }

    /** The function, if what it makes of the largest numbers there are is right. */
    private static @Nullable MethodHandle verified(@Nullable MethodHandle mac) {
        byte[] ones = new byte[2 * WORTHWHILE + 7];
        Arrays.fill(ones, (byte) 0xff);
        byte[] half = Arrays.copyOf(ones, 16);
        byte[] expected = Poly1305.ownTag(half, half, ones, 1, ones.length - 1);
        return mac != null && Arrays.equals(call(mac, half, half, ones, 1, ones.length - 1), expected) ? mac : null;
    }
}

package io.holdfast.vault.restore;

import io.holdfast.vault.files.TargetFile;
import java.io.IOException;
import java.util.Arrays;

/** Runs of zeros, which a new file need not store. */
final class Zeros {

    /** What file systems store at the least. */
    private static final int BLOCK = 4096;

    private static final byte[] NOTHING = new byte[BLOCK];

    private Zeros() {}

    /** Writes what a buffer begins with, except whole blocks of zeros. */
    static void writeOthers(TargetFile out, byte[] content, int length, long position) throws IOException {
        int start = 0;
        int at = 0;
        while (at < length) {
            int end = (int) Math.min(length, at + BLOCK - (position + at) % BLOCK);
            if (isZero(content, at, end)) {
                out.write(content, start, at - start, position + start);
                start = end;
            }
            at = end;
        }
        out.write(content, start, at - start, position + start);
    }

    private static boolean isZero(byte[] content, int from, int to) {
        return Arrays.mismatch(content, from, to, NOTHING, 0, to - from) < 0;
    }
}

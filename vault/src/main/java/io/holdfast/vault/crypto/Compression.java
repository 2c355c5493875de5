package io.holdfast.vault.crypto;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Zstandard frames. What a frame claims about its size is never trusted beyond the caller's bound. */
public final class Compression {

    /** How hard to compress, in restic's words. */
    public enum Level {
        /** Nothing is compressed: version 1 of the format knows no compression. */
        NONE(1),
        /** Data is stored as it is; trees and small files, which the format wants compressed, as with {@link #AUTO}. */
        OFF(1),
        /** As {@link #AUTO}: nothing is faster and still compresses. */
        FASTEST(1),
        /** The best return on work: docs/performance.md. */
        AUTO(1),
        BETTER(7),
        MAX(15);

        private final int zstd;

        Level(int zstd) {
            this.zstd = zstd;
        }

        /** Whether blobs of that type are compressed. */
        public boolean compresses(BlobType type) {
            return switch (this) {
                case NONE -> false;
                case OFF -> type == BlobType.TREE;
                case FASTEST, AUTO, BETTER, MAX -> true;
            };
        }
    }

    /** The largest blob; a million files in one directory take less. */
    private static final int MOST = 1 << 30;

    /** No frame can hold more: a block of four bytes stands for at most 128 KiB (RFC 8878, section 3.1.1.2). */
    private static final long EXPANSION = 128 * 1024 / 4;

    private static final ThreadLocal<ZstdCompressCtx> COMPRESSOR = ThreadLocal.withInitial(ZstdCompressCtx::new);
    private static final ThreadLocal<ZstdDecompressCtx> DECOMPRESSOR = ThreadLocal.withInitial(ZstdDecompressCtx::new);

    private Compression() {}

    public static byte[] compress(byte[] plain) {
        return COMPRESSOR.get().setLevel(Level.AUTO.zstd).compress(plain);
    }

    /** The most bytes that a frame of so many plain ones can take. */
    public static int bound(int plainLength) {
        return Math.toIntExact(Zstd.compressBound(plainLength));
    }

    /** Compresses into a buffer with room for {@link #bound}; gives the frame's length. */
    public static int compress(byte[] plain, int length, byte[] frame, Level level) {
        return COMPRESSOR.get().setLevel(level.zstd).compressByteArray(frame, 0, frame.length, plain, 0, length);
    }

    /** Decompresses a frame whose plain length is known. */
    public static byte[] decompress(byte[] frame, int plainLength) throws DamagedException {
        mustBePossible(frame.length, plainLength);
        byte[] plain = new byte[plainLength];
        decompress(frame, frame.length, plain, plainLength);
        return plain;
    }

    /** Decompresses a frame whose plain length is known into a buffer with room for it. */
    public static void decompress(byte[] frame, int length, byte[] plain, int plainLength) throws DamagedException {
        int found;
        try {
            found = DECOMPRESSOR.get().decompressByteArray(plain, 0, plainLength, frame, 0, length);
        } catch (ZstdException e) {
            throw new DamagedException("compressed content cannot be decompressed", e);
        }
        if (found != plainLength) {
            throw new DamagedException("compressed content has %d bytes instead of %d".formatted(found, plainLength));
        }
    }

    /** Refuses what no frame of that length can hold; before room is made for it. */
    public static void mustBePossible(int frameLength, long plainLength) throws DamagedException {
        if (plainLength > MOST || plainLength > frameLength * EXPANSION) {
            throw new DamagedException(
                    "compressed content of %d bytes claims to be %d bytes".formatted(frameLength, plainLength));
        }
    }

    /** Decompresses a frame of unknown length, at most {@code most} bytes. */
    static byte[] decompressUpTo(byte[] source, int offset, int most) throws DamagedException {
        if (offset < source.length && Zstd.getFrameContentSize(source, offset, source.length - offset) > most) {
            throw tooLarge(most);
        }
        var frames = new ByteArrayInputStream(source, offset, source.length - offset);
        // Its buffer of 128 KiB, made anew, would cost more than what most files of a repository hold.
        try (var in = new ZstdInputStream(frames, RecyclingBufferPool.INSTANCE)) {
            byte[] plain = in.readNBytes(most);
            if (plain.length == most && in.read() >= 0) {
                throw tooLarge(most);
            }
            return plain;
        } catch (DamagedException e) {
            throw e;
        } catch (IOException e) {
            throw new DamagedException("compressed content cannot be decompressed", e);
        }
    }

    private static DamagedException tooLarge(int most) {
        return new DamagedException("compressed content has more than %d bytes".formatted(most));
    }
}

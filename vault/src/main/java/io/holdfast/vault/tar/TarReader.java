package io.holdfast.vault.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveSparseEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads an uncompressed tar: POSIX with extended headers, GNU with long names and holes, and the older ones. Fixed fields
 * are read by the library; what goes beyond them is read here, since the library knows names and values as text alone.
 *
 * <p>An archive must end as it should, with two empty blocks and then nothing: one that ends early is a
 * {@link TarFormatException}, and so is everything that no honest archive holds.
 */
public final class TarReader {

    private static final int BLOCK = 512;

    /** Archives are filled up to a multiple of their blocking factor. */
    private static final long MOST_PADDING = 64L * 1024 * 1024;

    private static final ZipEncoding BYTES = ZipEncodingHelper.getZipEncoding("ISO-8859-1");

    private final InputStream in;
    private final TarLimits limits;
    private final PaxRecords global = new PaxRecords();
    private Data data = new Data(0);
    private InputStream content = data;
    private long holes;

    public TarReader(InputStream in, TarLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The content of the entry that came last, if it is a file. */
    public InputStream content() {
        return content;
    }

    /** The next entry; null at the end. What was not read of the content before is skipped. */
    public @Nullable TarEntry next() throws IOException {
        data.finish();
        TarHeader header = new TarHeader(global, limits);
        while (true) {
            byte[] block = block();
            if (isEmpty(block)) {
                end();
                return null;
            }
            TarArchiveEntry fields = fields(block);
            switch ((char) fields.getLinkFlag()) {
                case 'x', 'X' -> header.extend(extension(fields));
                case 'g' -> TarHeader.extendGlobal(global, extension(fields));
                case 'L' -> header.longName(extension(fields));
                case 'K' -> header.longTarget(extension(fields));
                case 'V' -> {}
                default -> {
                    return entry(header, fields);
                }
            }
        }
    }

    private TarEntry entry(TarHeader header, TarArchiveEntry fields) throws IOException {
        data = new Data(header.dataSize(fields));
        content = data;
        SparseMap sparse = sparse(header, fields);
        if (sparse != null) {
            holes += sparse.size() - sparse.data();
            if (holes > limits.holes()) {
                throw new TarFormatException(
                        "its files leave out more than %d bytes as holes".formatted(limits.holes()));
            }
            if (sparse.data() != data.remaining) {
                throw new TarFormatException("a file with holes has other data than it says");
            }
            content = sparse.expand(data);
        }
        return header.entry(fields, sparse == null ? data.remaining : sparse.size());
    }

    private @Nullable SparseMap sparse(TarHeader header, TarArchiveEntry fields) throws IOException {
        if (fields.isOldGNUSparse()) {
            List<SparseMap.Part> parts = new ArrayList<>();
            addParts(fields.getSparseHeaders(), parts);
            boolean more = fields.isExtended();
            while (more) {
                TarArchiveSparseEntry next = new TarArchiveSparseEntry(block());
                addParts(next.getSparseHeaders(), parts);
                more = next.isExtended();
            }
            return SparseMap.of(parts, fields.getRealSize());
        }
        return header.sparse(data);
    }

    private void addParts(List<TarArchiveStructSparse> found, List<SparseMap.Part> parts) throws TarFormatException {
        for (TarArchiveStructSparse part : found) {
            if (part.getOffset() != 0 || part.getNumbytes() != 0) {
                parts.add(new SparseMap.Part(part.getOffset(), part.getNumbytes()));
            }
        }
        if (parts.size() > limits.extension()) {
            throw new TarFormatException("a file is in more than %d parts".formatted(limits.extension()));
        }
    }

    private static TarArchiveEntry fields(byte[] block) throws TarFormatException {
        try {
            TarArchiveEntry fields = new TarArchiveEntry(block, BYTES);
            if (!fields.isCheckSumOK()) {
                throw new TarFormatException(
                        "a header does not match its checksum, so this is no tar or a damaged one");
            }
            return fields;
        } catch (IllegalArgumentException e) {
            throw new TarFormatException("a header is malformed", e);
        } catch (TarFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new TarFormatException("a header is malformed", e);
        }
    }

    private byte[] extension(TarArchiveEntry fields) throws IOException {
        long size = fields.getSize();
        if (size < 0 || size > limits.extension()) {
            throw new TarFormatException(
                    "an extended header is of %d bytes, more than %d".formatted(size, limits.extension()));
        }
        Data extension = new Data(size);
        byte[] bytes = extension.readAllBytes();
        extension.finish();
        return bytes;
    }

    private byte[] block() throws IOException {
        byte[] block = in.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw endsEarly();
        }
        return block;
    }

    private void end() throws IOException {
        if (!isEmpty(block())) {
            throw new TarFormatException("a block within it is empty, so it is damaged");
        }
        byte[] rest = new byte[16 * BLOCK];
        long padding = 0;
        for (int read = in.read(rest); read >= 0; read = in.read(rest)) {
            padding += read;
            if (padding > MOST_PADDING || !isEmpty(Arrays.copyOf(rest, read))) {
                throw new TarFormatException("something follows its end");
            }
        }
        data = new Data(0);
        content = data;
    }

    private static boolean isEmpty(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static TarFormatException endsEarly() {
        return new TarFormatException("it ends early");
    }

    /** What follows a header, in whole blocks. */
    private final class Data extends InputStream {

        private final int padding;
        private long remaining;

        Data(long size) {
            remaining = size;
            padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (remaining == 0) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, remaining));
            if (read < 0) {
                throw endsEarly();
            }
            remaining -= read;
            return read;
        }

        void finish() throws IOException {
            transferTo(java.io.OutputStream.nullOutputStream());
            if (in.readNBytes(padding).length < padding) {
                throw endsEarly();
            }
        }
    }
}

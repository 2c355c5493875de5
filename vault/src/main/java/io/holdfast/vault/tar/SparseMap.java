package io.holdfast.vault.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the data of a file with holes lies.
 *
 * @param parts in order, none overlapping another
 * @param size of the file, holes included
 */
record SparseMap(List<Part> parts, long size) {

    private static final int BLOCK = 512;
    private static final int MOST_PARTS = 1_000_000;

    record Part(long offset, long length) {

        long end() {
            return offset + length;
        }
    }

    SparseMap {
        parts = List.copyOf(parts);
    }

    static SparseMap of(List<Part> parts, long size) throws TarFormatException {
        long end = 0;
        for (Part part : parts) {
            if (part.offset() < end || part.length() < 0 || part.end() < part.offset() || part.end() > size) {
                throw new TarFormatException("the list of holes of a file is impossible");
            }
            end = part.end();
        }
        return new SparseMap(parts, size);
    }

    /** From pairs of offset and length. */
    static SparseMap of(List<String> numbers, String size) throws TarFormatException {
        List<Part> parts = new ArrayList<>();
        if (numbers.size() % 2 != 0) {
            throw new TarFormatException("the list of holes of a file is not whole");
        }
        for (int i = 0; i < numbers.size(); i += 2) {
            parts.add(new Part(
                    Decimal.number(numbers.get(i), "a part of a file"),
                    Decimal.number(numbers.get(i + 1), "a part of a file")));
        }
        return of(parts, Decimal.number(size, "the size of a file"));
    }

    /** Reads the list that the data begins with: lines with the number of parts, then offset and length of each. */
    static SparseMap read(InputStream data, String size) throws IOException {
        Lines lines = new Lines(data);
        long count = lines.next();
        if (count > MOST_PARTS) {
            throw new TarFormatException("a file is in %d parts, more than %d".formatted(count, MOST_PARTS));
        }
        List<Part> parts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            parts.add(new Part(lines.next(), lines.next()));
        }
        lines.finish();
        return of(parts, Decimal.number(size, "the size of a file"));
    }

    /** Bytes of data. */
    long data() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    /** The file as it is, of its data. */
    InputStream expand(InputStream data) {
        return new SparseStream(this, data);
    }

    /** Numbers, one a line, in whole blocks. */
    private static final class Lines {

        private final InputStream data;
        private long read;

        Lines(InputStream data) {
            this.data = data;
        }

        long next() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int ch = data.read(); ch != '\n'; ch = data.read()) {
                read++;
                if (ch < 0 || line.length() > 20) {
                    throw new TarFormatException("the list of holes of a file is malformed");
                }
                line.append((char) ch);
            }
            read++;
            return Decimal.number(line.toString(), "a part of a file");
        }

        void finish() throws IOException {
            data.skipNBytes((BLOCK - read % BLOCK) % BLOCK);
        }
    }
}

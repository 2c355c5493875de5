package io.holdfast.vault.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Puts zeros where a file has holes. */
final class SparseStream extends InputStream {

    private final SparseMap map;
    private final InputStream data;
    private int part;
    private long at;

    SparseStream(SparseMap map, InputStream data) {
        this.map = map;
        this.data = data;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (part < map.parts().size() && at == map.parts().get(part).end()) {
            part++;
        }
        if (at == map.size() || length == 0) {
            return length == 0 ? 0 : -1;
        }
        boolean last = part == map.parts().size();
        long next = last ? map.size() : map.parts().get(part).offset();
        if (at < next) {
            int zeros = (int) Math.min(length, next - at);
            Arrays.fill(buffer, offset, offset + zeros, (byte) 0);
            at += zeros;
            return zeros;
        }
        int read = data.read(
                buffer, offset, (int) Math.min(length, map.parts().get(part).end() - at));
        if (read < 0) {
            throw new TarFormatException("a file with holes has less data than it says");
        }
        at += read;
        return read;
    }
}

package io.holdfast.sources.backupapi;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.stream.BulkInput;
import io.holdfast.vault.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The bytes of a backup. The last of them are given only if all are there and are those that were announced. */
final class Download extends BulkInput {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DIGEST = Pattern.compile("(?i)sha-256=:?([A-Za-z0-9+/]{43}=):?");

    private final Failures failures;
    private final String what;
    private final Response response;
    private final InputStream in;
    private final long most;
    private final long length;
    private final Set<String> checksums;
    private final MessageDigest digest;
    private long read;
    private boolean ended;

    /**
     * Begins to read.
     *
     * @param most the most bytes there may be
     * @param size null: not told by the API
     * @param sha256 null: not told by the API
     */
    Download(Failures failures, String what, Response response, long most, @Nullable Long size, @Nullable String sha256)
            throws SourceException {
        this.failures = failures;
        this.what = what;
        this.response = response;
        this.in = response.body().byteStream();
        this.most = most;
        this.digest = Digest.sha256();
        long announced = response.body().contentLength();
        this.length = announced >= 0 ? announced : size == null ? -1 : size;
        this.checksums = announcedBy(response);
        if (sha256 != null) {
            checksums.add(sha256);
        }
        if (size != null && size != length) {
            throw broken("%d bytes were made, and %d are sent".formatted(size, length));
        }
        if (length > most) {
            throw broken("%d bytes are more than the %d that the plan allows (max-size)".formatted(length, most));
        }
        String type = response.header("Content-Type", "");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
            throw failures.unexpected(what, "a page of HTML is sent in the place of a backup");
        }
        if (length < 0
                && checksums.isEmpty()
                && !"chunked".equalsIgnoreCase(response.header("Transfer-Encoding", ""))) {
            throw broken("nothing tells where it ends");
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (ended || count == 0) {
            return ended ? -1 : 0;
        }
        int got = readSome(bytes, offset, count);
        if (got < 0) {
            requireWhole();
            ended = true;
            return -1;
        }
        read += got;
        if (read > most) {
            throw broken("it is longer than the %d bytes that the plan allows (max-size)".formatted(most));
        }
        if (length >= 0 && read > length) {
            throw broken("it is longer than the %d bytes that were announced".formatted(length));
        }
        digest.update(bytes, offset, got);
        return got;
    }

    private int readSome(byte[] bytes, int offset, int count) throws SourceException {
        try {
            return in.read(bytes, offset, count);
        } catch (IOException e) {
            throw broken("it broke off after %d bytes (%s)".formatted(read, e.getMessage()));
        }
    }

    private void requireWhole() throws SourceException {
        if (read == 0) {
            throw broken("it is empty");
        }
        if (length >= 0 && read != length) {
            throw broken("it ended after %d of %d bytes".formatted(read, length));
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        for (String checksum : checksums) {
            if (!checksum.equals(sha256)) {
                throw broken("its SHA-256 is %s and should be %s".formatted(sha256, checksum));
            }
        }
    }

    private SourceException broken(String why) {
        return failures.of(
                "HF-Q66", what, why, "Look at the system's log and disk, and at what lies between it and here.");
    }

    private static Set<String> announcedBy(Response response) {
        Set<String> announced = new LinkedHashSet<>();
        for (String header : new String[] {"Content-Digest", "Repr-Digest", "Digest"}) {
            Matcher found = DIGEST.matcher(String.join(",", response.headers(header)));
            if (found.find()) {
                announced.add(HexFormat.of().formatHex(Base64.getDecoder().decode(found.group(1))));
            }
        }
        String tag =
                String.valueOf(response.header("ETag", "")).replace("\"", "").toLowerCase(Locale.ROOT);
        if (SHA256.matcher(tag).matches()) {
            announced.add(tag);
        }
        return announced;
    }

    /** In small letters and without a prefix; null if it is none. */
    static @Nullable String checksum(String told) {
        String plain = told.toLowerCase(Locale.ROOT).replaceFirst("^sha-?256:", "");
        return SHA256.matcher(plain).matches() ? plain : null;
    }

    @Override
    public void close() {
        response.close();
    }
}

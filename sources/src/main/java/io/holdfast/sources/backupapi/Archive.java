package io.holdfast.sources.backupapi;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.vault.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A backup in a snapshot.
 *
 * @param size its bytes
 * @param variables that mean it
 */
record Archive(String file, long size, Variables variables) {

    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    /** Reads all of it once, so that damage shows before anything is touched, and length and checksum are known. */
    static Archive of(SnapshotFiles files, String file, Variables variables) throws IOException {
        MessageDigest digest = Digest.sha256();
        var counted = new OutputStream() {
            private long count;

            @Override
            public void write(int one) {
                count++;
            }

            @Override
            public void write(byte[] some, int offset, int length) {
                count += length;
            }
        };
        files.dump("/" + file, new DigestOutputStream(counted, digest));
        String sha256 = HexFormat.of().formatHex(digest.digest());
        return new Archive(
                file,
                counted.count,
                variables.with("size", Long.toString(counted.count)).with("sha256", sha256));
    }

    Archive called(Variables names) {
        return new Archive(file, size, names);
    }

    /**
     * What is sent.
     *
     * @param form the field of a form that carries it; null: it is the whole
     */
    RequestBody body(SnapshotFiles files, @Nullable String form) {
        var body = new RequestBody() {
            @Override
            public MediaType contentType() {
                return BYTES;
            }

            @Override
            public long contentLength() {
                return size;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                files.dump("/" + file, sink.outputStream());
            }
        };
        return form == null
                ? body
                : new MultipartBody.Builder()
                        .setType(MultipartBody.FORM)
                        .addFormDataPart(form, file, body)
                        .build();
    }
}

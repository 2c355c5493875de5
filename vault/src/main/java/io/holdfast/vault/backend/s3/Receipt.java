package io.holdfast.vault.backend.s3;

import io.minio.HeadObjectResponse;
import io.minio.ObjectWriteResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a store says it holds, after a PUT or when asked.
 *
 * @param sha256 in Base64; null from stores that do not know the checksum
 * @param etag the MD5 in hex, unless it is opaque
 * @param opaque whether the store encrypts with a key of its own or the caller's, so that the ETag is no digest
 */
record Receipt(@Nullable String sha256, @Nullable String etag, boolean opaque) {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    /** How the receipt relates to what was sent. */
    enum Verdict {
        SAME,
        DIFFERENT,
        /** It says nothing about the content. */
        SILENT
    }

    static Receipt ofWrite(ObjectWriteResponse written) {
        return new Receipt(written.checksumSHA256(), written.etag(), isOpaque(written.headers()));
    }

    static Receipt ofHead(HeadObjectResponse found) {
        return new Receipt(found.headers().get("x-amz-checksum-sha256"), found.etag(), isOpaque(found.headers()));
    }

    Verdict compareWith(Digests sent) {
        if (sha256 != null) {
            return sha256.equals(sent.sha256()) ? Verdict.SAME : Verdict.DIFFERENT;
        }
        String md5 = etag == null ? "" : etag.replace("\"", "").toLowerCase(Locale.ROOT);
        if (opaque || !MD5.matcher(md5).matches()) {
            return Verdict.SILENT;
        }
        return md5.equals(sent.md5()) ? Verdict.SAME : Verdict.DIFFERENT;
    }

    private static boolean isOpaque(Headers headers) {
        String encryption = headers.get("x-amz-server-side-encryption");
        String customerKey = headers.get("x-amz-server-side-encryption-customer-algorithm");
        return customerKey != null || (encryption != null && !encryption.equals("AES256"));
    }
}

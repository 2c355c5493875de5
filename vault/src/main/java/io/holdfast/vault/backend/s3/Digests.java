package io.holdfast.vault.backend.s3;

import io.minio.Http;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What a store is told of a file's content, so that it refuses anything else; older stores know MD5 only.
 *
 * @param sha256 in Base64, as the checksum header has it
 * @param md5 in hex, as the ETag has it
 */
record Digests(String sha256, String md5) {

    static Digests of(byte[] content) {
        return new Digests(
                Base64.getEncoder().encodeToString(digest("SHA-256", content)),
                HexFormat.of().formatHex(digest("MD5", content)));
    }

    Http.Headers headers() {
        Http.Headers headers = new Http.Headers();
        headers.put(Http.Headers.X_AMZ_CHECKSUM_SHA256, sha256);
        headers.put(Http.Headers.X_AMZ_SDK_CHECKSUM_ALGORITHM, "SHA256");
        headers.put(
                Http.Headers.CONTENT_MD5,
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(md5)));
        return headers;
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every Java runtime", e);
        }
    }
}

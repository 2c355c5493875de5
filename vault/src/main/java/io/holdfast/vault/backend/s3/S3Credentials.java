package io.holdfast.vault.backend.s3;

/** The keys of an S3 account. Printing one shows the access key, which names the account, and never the secret. */
public record S3Credentials(String accessKey, String secretKey) {

    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("access key and secret key must not be empty");
        }
    }

    @Override
    public String toString() {
        return "S3Credentials[accessKey=%s, secretKey=***]".formatted(accessKey);
    }
}

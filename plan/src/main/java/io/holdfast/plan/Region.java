package io.holdfast.plan;

import org.jspecify.annotations.Nullable;

/**
 * A place that vaults are copied to; each stack's repository lies at {@code location.of(stack)}.
 *
 * @param accessKey reference to the S3 access key; null for a directory
 * @param secretKey reference to the S3 secret key; null for a directory
 * @param s3Region the name the S3 server gives its region, such as {@code eu-central-1}; null lets the server say
 * @param storageClass for the data packs, such as {@code STANDARD_IA}; null is the bucket's own
 * @param keep the retention in this place; null keeps what each component's own retention says
 */
public record Region(
        String name,
        Location location,
        @Nullable SecretReference accessKey,
        @Nullable SecretReference secretKey,
        @Nullable String s3Region,
        @Nullable String storageClass,
        @Nullable Retention keep) {

    public Region {
        Names.name("region", name);
        boolean credentials = accessKey != null && secretKey != null;
        Names.require(
                location instanceof Location.S3 ? credentials : accessKey == null && secretKey == null,
                "region '%s': an S3 location takes an access key and a secret key, a directory takes none",
                name);
    }
}

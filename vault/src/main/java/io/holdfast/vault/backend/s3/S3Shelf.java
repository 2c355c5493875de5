package io.holdfast.vault.backend.s3;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.RetrySettings;
import io.holdfast.vault.backend.RetryingBackend;
import io.holdfast.vault.backend.Shelf;
import java.util.List;

/** Repositories below the prefixes of a bucket. */
public final class S3Shelf implements Shelf {

    private final S3Location location;
    private final S3Credentials credentials;
    private final BackendOptions options;

    public S3Shelf(S3Location location, S3Credentials credentials, BackendOptions options) {
        this.location = location;
        this.credentials = credentials;
        this.options = options;
    }

    @Override
    public String location() {
        return location.toString();
    }

    @Override
    public List<String> names() throws BackendException {
        try (S3Backend all = S3Backend.at(location, credentials, options)) {
            return all.directories();
        }
    }

    @Override
    public Backend open(String name) {
        return new RetryingBackend(S3Backend.at(location.resolve(name), credentials, options), RetrySettings.DEFAULT);
    }

    /** Does nothing: a bucket holds no directories. */
    @Override
    public void clear(String name) {}
}

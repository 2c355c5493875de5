package io.holdfast.vault.backend.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** A real S3 endpoint over a directory, on loopback and a free port, for one test. */
final class S3ProxyServer {

    static final S3Credentials CREDENTIALS = new S3Credentials("test-access-key", "test-secret-key");

    private final BlobStore store;
    private final S3Proxy proxy;

    private S3ProxyServer(BlobStore store, S3Proxy proxy) {
        this.store = store;
        this.proxy = proxy;
    }

    static S3ProxyServer start(Path directory) throws Exception {
        return start(directory, AuthenticationType.AWS_V2_OR_V4);
    }

    static S3ProxyServer startWithoutAuthentication(Path directory) throws Exception {
        return start(directory, AuthenticationType.NONE);
    }

    private static S3ProxyServer start(Path directory, AuthenticationType authentication) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        properties.setProperty("jclouds.identity", CREDENTIALS.accessKey());
        properties.setProperty("jclouds.credential", CREDENTIALS.secretKey());
        BlobStore store = BlobStores.create("filesystem-nio2", properties);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .awsAuthentication(authentication, CREDENTIALS.accessKey(), CREDENTIALS.secretKey())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .stopTimeout(0)
                .build();
        proxy.start();
        return new S3ProxyServer(store, proxy);
    }

    int port() {
        return proxy.getPort();
    }

    S3Location location(String bucketAndPrefix) {
        return S3Location.parse("s3:http://127.0.0.1:%d/%s".formatted(port(), bucketAndPrefix), null);
    }

    void stop() throws Exception {
        proxy.stop();
        store.close();
    }
}

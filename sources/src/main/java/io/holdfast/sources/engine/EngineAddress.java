package io.holdfast.sources.engine;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine listens. Read from the variables that Docker's own client reads and from nothing else: no context, no
 * configuration file, no credentials of registries.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port[/prefix]}
 * @param certificates directory with ca.pem, cert.pem and key.pem; null: no TLS
 * @param unusable what is wrong with the variables; null: nothing
 */
record EngineAddress(
        URI uri, @Nullable Path certificates, @Nullable String unusable) implements DockerClientConfig {

    private static final URI NOWHERE = URI.create("unix:///nonexistent");
    private static final String DEFAULT = "unix:///var/run/docker.sock";

    static EngineAddress of(Map<String, String> environment) {
        try {
            return read(environment);
        } catch (IllegalArgumentException e) {
            return new EngineAddress(NOWHERE, null, e.getMessage());
        }
    }

    /** Whoever is about to connect asks first. */
    void requireUsable() throws EngineException {
        if (unusable != null) {
            throw new EngineException(EngineException.Reason.BAD_NAME, unusable);
        }
    }

    private static EngineAddress read(Map<String, String> environment) {
        URI uri = uri(set(environment, "DOCKER_HOST").orElse(DEFAULT));
        if (set(environment, "DOCKER_TLS_VERIFY").isEmpty() || !isTcp(uri)) {
            return new EngineAddress(uri, null, null);
        }
        Path certificates = set(environment, "DOCKER_CERT_PATH")
                .map(Path::of)
                .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "/root"), ".docker"));
        for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
            if (!Files.isReadable(certificates.resolve(file))) {
                throw new IllegalArgumentException(
                        "DOCKER_TLS_VERIFY is set, but %s cannot be read in %s; set DOCKER_CERT_PATH"
                                .formatted(file, certificates));
            }
        }
        return new EngineAddress(uri, certificates, null);
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static URI uri(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
        boolean isUnix = "unix".equals(uri.getScheme()) && uri.getHost() == null && uri.getPath() != null;
        if (!isUnix && !(isTcp(uri) && uri.getHost() != null && uri.getPort() > 0)) {
            throw malformed(text);
        }
        return uri;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "DOCKER_HOST '%s' must be unix:///path or tcp://host:port".formatted(Printable.of(text)));
    }

    static boolean isTcp(URI uri) {
        return "tcp".equals(uri.getScheme());
    }

    boolean isTcp() {
        return isTcp(uri);
    }

    /** What stands before every path of the API. */
    String prefix() {
        String path = isTcp() ? uri.getRawPath() : "";
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public URI getDockerHost() {
        return uri;
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return RemoteApiVersion.UNKNOWN_VERSION;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface asks for it
    public @Nullable SSLConfig getSSLConfig() {
        return certificates == null ? null : new LocalDirectorySSLConfig(certificates.toString());
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return null;
    }

    @Override
    public @Nullable String getRegistryUrl() {
        return null;
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}

package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {

    private static final String S3 = "s3:http://127.0.0.1:9000/bucket/prefix";

    @TempDir
    Path directory;

    @Test
    void opensADirectoryWithAndWithoutItsScheme() throws IOException {
        assertThat(open(directory.toString()).location()).isEqualTo(directory.toString());
        assertThat(open("local:" + directory).location()).isEqualTo(directory.toString());
        assertThat(open("odd:name").location())
                .isEqualTo(Path.of("odd:name").toAbsolutePath().toString());
    }

    @Test
    void opensABucketWithCredentialsFromTheEnvironment() throws IOException {
        try (Backend s3 =
                Backends.open(S3, Map.of("AWS_ACCESS_KEY_ID", "access", "AWS_SECRET_ACCESS_KEY", "secret")::get)) {
            assertThat(s3.location()).isEqualTo(S3);
        }
    }

    @Test
    void readsCredentialsFromFiles() throws IOException {
        Path access = Files.writeString(directory.resolve("access"), "access\n");
        Path secret = Files.writeString(directory.resolve("secret"), "secret\n");
        Map<String, String> environment =
                Map.of("AWS_ACCESS_KEY_ID_FILE", access.toString(), "AWS_SECRET_ACCESS_KEY_FILE", secret.toString());

        try (Backend s3 = Backends.open(S3, environment::get)) {
            assertThat(s3.location()).isEqualTo(S3);
        }
    }

    @Test
    void saysWhichCredentialIsMissing() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        Map<String, String> noSecret = Map.of("AWS_ACCESS_KEY_ID", "access");
        Map<String, String> noFile =
                Map.of("AWS_ACCESS_KEY_ID", "access", "AWS_SECRET_ACCESS_KEY_FILE", "/no/such/file");
        Map<String, String> emptyFile =
                Map.of("AWS_ACCESS_KEY_ID", "access", "AWS_SECRET_ACCESS_KEY_FILE", empty.toString());

        assertThatThrownBy(() -> Backends.open(S3, _ -> null)).hasMessageContaining("AWS_ACCESS_KEY_ID is not set");
        assertThatThrownBy(() -> Backends.open(S3, noSecret::get))
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY is not set")
                .hasMessageContaining("or AWS_SECRET_ACCESS_KEY_FILE to a file");
        assertThatThrownBy(() -> Backends.open(S3, noFile::get)).hasMessageContaining("/no/such/file");
        assertThatThrownBy(() -> Backends.open(S3, emptyFile::get)).hasMessageContaining("is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sftp:host:/srv", "rest:https://host/", "b2:bucket", "rclone:remote:x", "https://host/x", " "})
    void refusesPlacesItDoesNotKnow(String location) {
        assertThatThrownBy(() -> open(location))
                .hasMessageStartingWith("HF-V103 ")
                .hasMessageContaining("not supported")
                .hasMessageContaining("Use a directory or s3:")
                .extracting("kind")
                .isEqualTo(Kind.MISCONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest:https://user:hunter2@host/", "s3:https://user:hunter2@host/bucket"})
    void neverRepeatsAPasswordInAnAddress(String location) {
        assertThatThrownBy(() -> open(location)).hasMessageNotContaining("hunter2");
    }

    private static Backend open(String location) throws BackendException {
        return Backends.open(location, _ -> null);
    }
}

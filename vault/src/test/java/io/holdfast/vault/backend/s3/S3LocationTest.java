package io.holdfast.vault.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

    @ParameterizedTest
    @CsvSource({
        "s3:http://127.0.0.1:9000/bucket/a/b, http://127.0.0.1:9000, bucket, a/b",
        "s3:https://store.example/bucket, https://store.example, bucket, ''",
        "s3:https://store.example/bucket/, https://store.example, bucket, ''",
        "s3:s3.amazonaws.com/bucket/prefix/, https://s3.amazonaws.com, bucket, prefix",
        "s3://store.example:9000/bucket//prefix, https://store.example:9000, bucket, prefix",
        "s3:http://[::1]:9000/bucket, http://[::1]:9000, bucket, ''",
    })
    void readsResticsSyntax(String text, URI endpoint, String bucket, String prefix) {
        S3Location location = S3Location.parse(text, "eu-central-1");

        assertThat(location).isEqualTo(new S3Location(endpoint, bucket, prefix, "eu-central-1"));
        assertThat(S3Location.parse(location.toString(), "eu-central-1")).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:",
                "s3:bucket",
                "s3:http://host",
                "s3:http://host/",
                "s3:ftp://host/bucket",
                "s3:http://host/No_Bucket",
                "s3:http://ho st/bucket",
                "sftp:host:/x"
            })
    void saysHowALocationShouldBeWritten(String text) {
        assertThatThrownBy(() -> S3Location.parse(text, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected s3:https://host/bucket/prefix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "no", "No-Bucket", "no_bucket"})
    void saysWhatABucketCanBeCalled(String bucket) {
        assertThatThrownBy(() -> S3Location.parse("s3:https://host/" + bucket, null))
                .hasMessageStartingWith("'%s' is no name that a bucket can have: 3 to 63 ".formatted(bucket));
    }

    @Test
    void refusesCredentialsInTheAddressAndDoesNotRepeatThem() {
        assertThatThrownBy(() -> S3Location.parse("s3:https://key:hunter2@host/bucket", null))
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void neverPrintsTheSecretKey() {
        assertThat(new S3Credentials("access", "hunter2"))
                .hasToString("S3Credentials[accessKey=access, secretKey=***]");
    }
}

package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    @ParameterizedTest
    @CsvSource({
        "s3:http://127.0.0.1:9101/east, s3:http://127.0.0.1:9101/east",
        "s3:https://s3.amazonaws.com/bucket/some/path/, s3:https://s3.amazonaws.com/bucket/some/path",
        "s3:s3.amazonaws.com/bucket, s3:https://s3.amazonaws.com/bucket",
        "s3://host/bucket, s3:https://host/bucket",
        "/mnt/disk/../disk2, /mnt/disk2",
    })
    void readsTheSyntaxOfRestic(String text, String wire) {
        assertThat(Location.parse(text).wire()).isEqualTo(wire);
        assertThat(Location.parse(wire)).isEqualTo(Location.parse(text));
    }

    @Test
    void putsEachStackBelowIt() {
        assertThat(Location.parse("s3:http://h:1/bucket").of("shop").wire()).isEqualTo("s3:http://h:1/bucket/shop");
        assertThat(Location.parse("s3:http://h:1/bucket/a").of("shop").wire()).isEqualTo("s3:http://h:1/bucket/a/shop");
        assertThat(Location.parse("/mnt/copy").of("shop").wire()).isEqualTo("/mnt/copy/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "no", "No-Bucket", "no_bucket", "ends-with-a-dash-"})
    void saysWhatABucketCanBeCalled(String bucket) {
        assertThatThrownBy(() -> Location.parse("s3:https://host/" + bucket))
                .hasMessage("'%s' is no name that a bucket can have: 3 to 63 small letters, digits, dots and dashes"
                        .formatted(bucket));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:",
                "s3:host",
                "s3:http://host",
                "s3:http://user:hunter2@host/bucket",
                "s3:http://h/bucket?x=1",
                "sftp:x:/y",
                "gs:bucket",
                "https://host/bucket",
                "relative",
                "s3:http://h h/bucket"
            })
    void refusesOtherPlaces(String text) {
        assertThatThrownBy(() -> Location.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("hunter2");
    }
}

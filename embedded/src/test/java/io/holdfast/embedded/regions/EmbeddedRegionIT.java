package io.holdfast.embedded.regions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.LoopbackPorts;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the client declares InterruptedException on close
class EmbeddedRegionIT {

    private static final String BUCKET = "backups";
    private static final String PACK = "data/ab/" + "ab".repeat(32);

    @TempDir
    private Path directory;

    @Test
    void storesListsAndReturnsObjects() throws Exception {
        try (EmbeddedRegion region = region("north");
                MinioClient client = client(region, "secret-of-north")) {
            put(client, PACK, "0123456789");

            assertThat(get(client, PACK)).isEqualTo("0123456789");
            assertThat(list(client)).containsExactly(PACK);
            assertThat(client.statObject(StatObjectArgs.builder()
                                    .bucket(BUCKET)
                                    .object(PACK)
                                    .build())
                            .size())
                    .isEqualTo(10);
            try (var range = client.getObject(GetObjectArgs.builder()
                    .bucket(BUCKET)
                    .object(PACK)
                    .offset(3L)
                    .length(4L)
                    .build())) {
                assertThat(range.readAllBytes()).asString(UTF_8).isEqualTo("3456");
            }
        }
    }

    @Test
    void showsTheSameObjectsAfterARestart() throws Exception {
        try (EmbeddedRegion region = region("north");
                MinioClient client = client(region, "secret-of-north")) {
            put(client, PACK, "kept");
        }
        Files.writeString(
                directory.resolve("north").resolve(BUCKET).resolve(PACK + "-6f1c1d1e-0000-4000-8000-000000000000"),
                "ke");

        try (EmbeddedRegion region = region("north");
                MinioClient client = client(region, "secret-of-north")) {
            assertThat(list(client)).containsExactly(PACK);
            assertThat(get(client, PACK)).isEqualTo("kept");
        }
    }

    @Test
    void runsBesideAnotherAndSharesNothingWithIt() throws Exception {
        try (EmbeddedRegion north = region("north");
                EmbeddedRegion south = region("south");
                MinioClient northClient = client(north, "secret-of-north");
                MinioClient southClient = client(south, "secret-of-south")) {
            put(northClient, PACK, "north only");

            assertThat(list(northClient)).containsExactly(PACK);
            assertThat(list(southClient)).isEmpty();
        }
    }

    @Test
    void refusesAWrongKey() throws Exception {
        try (EmbeddedRegion region = region("north");
                MinioClient client = client(region, "secret-of-south")) {
            assertThatThrownBy(() -> put(client, PACK, "x"))
                    .isInstanceOfSatisfying(
                            ErrorResponseException.class,
                            e -> assertThat(e.response().code()).isEqualTo(403));
            assertThat(directory.resolve("north").resolve(BUCKET)).isEmptyDirectory();
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            assertThatThrownBy(() -> EmbeddedRegion.start(settings("north", other.getLocalPort())))
                    .hasMessageStartingWith("HF-S01 Cannot open port " + other.getLocalPort());
        }
    }

    @Test
    void saysWhenItsDirectoryCannotBeUsed() throws IOException {
        Files.writeString(directory.resolve("north"), "a file");

        assertThatThrownBy(() -> region("north"))
                .hasMessageStartingWith("HF-S21 Cannot use " + directory.resolve("north") + " for region 'north'");
    }

    @Test
    void showsNoSecretInItsSettings() {
        assertThat(settings("north", 0).toString()).doesNotContain("secret-of-north");
    }

    private EmbeddedRegion region(String name) {
        return EmbeddedRegion.start(settings(name, 0));
    }

    private RegionSettings settings(String name, int port) {
        return new RegionSettings(name, directory.resolve(name), port, BUCKET, "key-of-" + name, "secret-of-" + name);
    }

    private static MinioClient client(EmbeddedRegion region, String secret) {
        return MinioClient.builder()
                .endpoint(region.endpoint().toString())
                .credentials("key-of-" + region.name(), secret)
                .region("us-east-1")
                .build();
    }

    private static void put(MinioClient client, String key, String content) throws Exception {
        byte[] bytes = content.getBytes(UTF_8);
        client.putObject(PutObjectArgs.builder().bucket(BUCKET).object(key).stream(
                        new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build());
    }

    private static String get(MinioClient client, String key) throws Exception {
        try (var in = client.getObject(
                GetObjectArgs.builder().bucket(BUCKET).object(key).build())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static List<String> list(MinioClient client) throws Exception {
        List<String> keys = new ArrayList<>();
        for (var item : client.listObjects(
                ListObjectsArgs.builder().bucket(BUCKET).recursive(true).build())) {
            Item object = item.get();
            keys.add(object.objectName());
        }
        return keys;
    }
}

package io.holdfast.sources.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChromaServerTest {

    private static final String GET = Api.V2.collections(Database.DEFAULT) + "/" + FakeChroma.ID + "/get";
    private static final String QUERY = Api.V2.collections(Database.DEFAULT) + "/" + FakeChroma.ID + "/query";
    private static final String LIST = Api.V2.collections(Database.DEFAULT);

    @ParameterizedTest
    @EnumSource(Api.class)
    void looksIntoTheCollectionsOfServersOfBothApis(Api api) throws Exception {
        try (FakeChroma chroma = FakeChroma.ofVersion(api);
                var server = new ChromaServer(chroma.url(), Login.NONE)) {
            Recorded recorded = look(server);

            assertThat(recorded.api()).isEqualTo(api.word());
            assertThat(recorded.version()).isEqualTo("0.4.24");
            assertThat(recorded.collections()).singleElement().satisfies(notes -> {
                assertThat(notes.name()).isEqualTo("notes");
                assertThat(notes.count()).isEqualTo(3);
                assertThat(notes.sample()).extracting(Vector::id).containsExactly("a", "b", "c");
                assertThat(notes.nearest()).isEqualTo(new Recorded.Nearest("c", "c", 0));
            });
            assertThat(differences(server, recorded)).isEmpty();
        }
    }

    @Test
    void takesTheAddressOfAHeartbeatForTheServers() throws Exception {
        try (FakeChroma chroma = FakeChroma.ofVersion(Api.V2);
                var server = new ChromaServer(URI.create(chroma.url() + "/api/v2/heartbeat"), Login.NONE)) {
            server.heartbeat();

            assertThat(server.url()).isEqualTo(chroma.url().toString());
        }
    }

    @Test
    void looksIntoEveryDatabaseThatIsListed() throws Exception {
        try (FakeChroma chroma = FakeChroma.ofVersion(Api.V2);
                var server = new ChromaServer(chroma.url(), Login.NONE)) {
            chroma.says("/api/v2/auth/identity", "{\"tenant\": \"acme inc\", \"databases\": [\"*\"]}");
            chroma.says("/api/v2/tenants/acme inc/databases", "[{\"name\": \"one\"}, {\"name\": \"two\"}]");
            server.heartbeat();

            assertThat(server.databases())
                    .containsExactly(new Database("acme inc", "one"), new Database("acme inc", "two"));
        }
    }

    @Test
    void refusesWhatIsNoChroma() throws IOException {
        try (var other = new FakeChroma()) {
            refuses(other, "HF-Q51", "no heartbeat");
            other.answers(Api.V2.heartbeat(), 200, "text/html", "<html>Welcome</html>");
            refuses(other, "HF-Q51", "<html>Welcome</html>");
            other.answers(Api.V2.heartbeat(), 500, "text/plain", "broken\u0007\nhere");
            refuses(other, "HF-Q51", "status 500: broken here");
            other.answers(Api.V2.heartbeat(), 401, "text/plain", "");
            refuses(other, "HF-Q51", "does not let Holdfast in");
            other.says(Api.V2.heartbeat(), "{}");
            refuses(other, "HF-Q51", "status 200");
        }
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer s3cret", "X-Chroma-Token, s3cret"})
    void showsItsTokenToTheServerAndToNobodyElse(String header, String value) throws Exception {
        var login = new Login(header, "s3cret");
        try (FakeChroma chroma = FakeChroma.ofVersion(Api.V2);
                var server = new ChromaServer(chroma.url(), login)) {
            chroma.asksFor(header, value);

            assertThat(look(server).collections()).hasSize(1);

            chroma.asksFor(header, "another");
            chroma.answers(Api.V2.version(), 500, "text/plain", "not s3cret");
            assertFails(server::heartbeat, "HF-Q51", "does not let Holdfast in");
            chroma.asksFor(header, value);
            assertThatThrownBy(server::version).hasMessageContaining("not ***").hasMessageNotContaining("s3cret");
        }
        assertThat(login.toString()).doesNotContain("s3cret");
    }

    @Test
    void sendsNoTokenThatAHeaderCannotCarry() throws IOException {
        try (FakeChroma chroma = FakeChroma.ofVersion(Api.V2);
                var server = new ChromaServer(chroma.url(), new Login("X-Chroma-Token", "a\nb"))) {
            assertFails(server::heartbeat, "HF-Q51", "no header can carry");

            assertThat(chroma.asked()).isEmpty();
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (var elsewhere = FakeChroma.ofVersion(Api.V2);
                var chroma = new FakeChroma()) {
            chroma.answers(Api.V2.heartbeat(), 302, "text/plain", elsewhere.url() + Api.V2.heartbeat());

            refuses(chroma, "HF-Q51", "status 302");

            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void refusesAnAnswerWithoutEnd() throws IOException {
        try (var chroma = new FakeChroma()) {
            chroma.answers(Api.V2.heartbeat(), 200, "text/plain", "x".repeat(33 * 1024 * 1024));

            refuses(chroma, "HF-Q50", "does not answer");
        }
    }

    @Test
    void waitsNoLongerThanItMayForAServerThatHangs() throws IOException {
        try (var chroma = new FakeChroma();
                var server = new ChromaServer(chroma.url(), Login.NONE)) {
            chroma.hangsAt(Api.V2.heartbeat());

            assertFails(() -> server.awaitHeartbeat(Duration.ofMillis(300)), "HF-Q55", "nothing came within");
        }
    }

    @Test
    void waitsForAServerThatIsNotUpYet() throws Exception {
        try (var chroma = new FakeChroma();
                var server = new ChromaServer(chroma.url(), Login.NONE)) {
            chroma.answers(Api.V2.heartbeat(), 503, "text/plain", "starting");
            Thread starting = Thread.ofVirtual().start(() -> {
                while (chroma.asked().size() < 2) {
                    Thread.onSpinWait();
                }
                chroma.says(Api.V2.heartbeat(), FakeChroma.ALIVE);
            });

            server.awaitHeartbeat(Duration.ofMinutes(1));

            starting.join();
            assertThat(chroma.asked()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        URI url;
        try (var gone = new FakeChroma()) {
            url = gone.url();
        }
        try (var server = new ChromaServer(url, Login.NONE)) {
            assertFails(server::heartbeat, "HF-Q50", "refused");
        }
    }

    @Test
    void doesNotTakeACountForACollectionThatCanBeRead() throws IOException {
        try (FakeChroma chroma = FakeChroma.ofVersion(Api.V2);
                var server = new ChromaServer(chroma.url(), Login.NONE)) {
            chroma.says(QUERY, "{\"ids\": [[]], \"distances\": [[]]}");
            assertFails(() -> look(server), "HF-Q52", "finds nothing near");
            chroma.answers(QUERY, 500, "application/json", "{\"error\": \"InternalError\"}");
            assertFails(() -> look(server), "HF-Q52", "query failed");
            chroma.says(GET, "{\"ids\": [\"a\"], \"embeddings\": [null]}");
            assertFails(() -> look(server), "HF-Q52", "has no vector");
            chroma.says(GET, "{\"ids\": [], \"embeddings\": []}");
            assertFails(() -> look(server), "HF-Q52", "none of its records");
        }
    }

    @Test
    void namesWhatDiffers() throws Exception {
        try (FakeChroma chroma = FakeChroma.ofVersion(Api.V2);
                var server = new ChromaServer(chroma.url(), Login.NONE)) {
            Recorded before = look(server);

            chroma.says(QUERY, "{\"ids\": [[\"a\"]], \"distances\": [[5.0]]}");
            assertThat(differences(server, before)).singleElement().asString().contains("finds a nearest to c");
            chroma.says(QUERY, "{\"ids\": [[\"a\"]], \"distances\": [[0.0]]}");
            assertThat(differences(server, before)).isEmpty();
            chroma.says(GET, "{\"ids\": [\"a\", \"c\"], \"embeddings\": [[1, 2.5], [-1, 0.25]]}");
            assertThat(differences(server, before)).singleElement().asString().contains("2 of 3 records", "first: a");
            assertThat(new Sample(server).differences(before, false)).isEmpty();
            chroma.says(LIST, "[]");
            assertThat(differences(server, before)).containsExactly("collection 'notes' is missing");
            assertThat(new Sample(server).differences(before, false)).hasSize(1);
        }
    }

    @Test
    void stopsListingWhereAServerKnowsNoPages() throws Exception {
        try (FakeChroma chroma = FakeChroma.ofVersion(Api.V1);
                var server = new ChromaServer(chroma.url(), Login.NONE)) {
            String each = "{\"id\": \"%s\", \"name\": \"notes\"}".formatted(FakeChroma.ID);
            chroma.says(
                    Api.V1.collections(Database.DEFAULT), "[" + String.join(",", Collections.nCopies(500, each)) + "]");
            server.heartbeat();

            assertThat(server.collections()).hasSize(1);
        }
    }

    private static Recorded look(ChromaServer server) throws IOException, InterruptedException {
        server.heartbeat();
        return new Recorded(server.api().word(), server.version(), Instant.EPOCH, false, new Sample(server).take());
    }

    private static List<String> differences(ChromaServer server, Recorded before)
            throws IOException, InterruptedException {
        return new Sample(server).differences(before, true);
    }

    private static void refuses(FakeChroma chroma, String code, String why) {
        try (var server = new ChromaServer(chroma.url(), Login.NONE)) {
            assertFails(server::heartbeat, code, why);
        }
    }

    private static void assertFails(ThrowingCallable call, String code, String why) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChromaFailure.class,
                        e -> assertThat(e.explained("All is safe.").getMessage())
                                .startsWith(code + " ")
                                .contains(why, "All is safe."));
    }
}

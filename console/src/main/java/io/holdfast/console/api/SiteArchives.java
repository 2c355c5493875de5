package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.security.TokenFile;
import io.holdfast.console.view.StatusView;
import io.holdfast.events.RecoveryPointId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Archives of backups, streamed from the restore-service of the site that holds the vault and its key. */
final class SiteArchives implements AutoCloseable {

    private static final String SERVICE = "restore-service";
    private static final Duration UNTIL_FIRST_BYTE = Duration.ofMinutes(5);
    private static final int MOST_OF_A_PROBLEM = 64 * 1024;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final JsonMapper mapper = JsonMapper.shared();
    private final StatusView status;
    private final @Nullable Path tokenFile;
    private final Clock clock;

    SiteArchives(StatusView status, @Nullable Path tokenFile, Clock clock) {
        this.status = status;
        this.tokenFile = tokenFile;
        this.clock = clock;
    }

    /**
     * Opens an archive; the caller closes the body.
     *
     * @param component null for all that the backup holds
     * @throws ConsoleProblem if the site does not answer, or answers with anything but the archive
     */
    HttpResponse<InputStream> open(
            String site, String stack, RecoveryPointId id, @Nullable String component, ArchiveFormat format) {
        String url = status.answering(SERVICE, site, clock.instant())
                .flatMap(alive -> Optional.ofNullable(alive.url()))
                .orElseThrow(() -> unreachable(site, "its restore-service showed no sign of life for a minute"));
        var target = UriComponentsBuilder.fromUriString(url)
                .path("/site/archives/{id}")
                .queryParam("stack", stack)
                .queryParam("format", format.wire());
        if (component != null) {
            target.queryParam("component", component);
        }
        URI uri = target.encode().buildAndExpand(id.value()).toUri();
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token())
                .timeout(UNTIL_FIRST_BYTE)
                .build();
        return archive(site, send(site, request));
    }

    private HttpResponse<InputStream> send(String site, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(site, "the console is stopping").causedBy(e);
        } catch (IOException e) {
            throw unreachable(
                            site,
                            "%s at %s"
                                    .formatted(
                                            e.getClass().getSimpleName(),
                                            request.uri().getAuthority()))
                    .causedBy(e);
        }
    }

    private HttpResponse<InputStream> archive(String site, HttpResponse<InputStream> response) {
        if (response.statusCode() == HttpStatus.OK.value()) {
            return response;
        }
        JsonNode said = said(response);
        String detail = said.path("detail").asString("no reason was given");
        throw switch (response.statusCode()) {
            case 404, 409, 422, 503 ->
                new ConsoleProblem(
                                HttpStatus.valueOf(response.statusCode()),
                                Code.SITE_REFUSED,
                                "The site '%s' cannot give the archive: %s".formatted(site, detail))
                        .with("site", site)
                        .with("site_code", said.path("code").asString(""));
            case 401, 403 ->
                new ConsoleProblem(
                        HttpStatus.BAD_GATEWAY,
                        Code.SITE_TOKEN,
                        "The site '%s' does not accept the console's token. The backup is safe. Give console and site the same token: holdfast.console.site-token-file."
                                .formatted(site));
            default ->
                new ConsoleProblem(
                        HttpStatus.BAD_GATEWAY,
                        Code.SITE_REFUSED,
                        "The site '%s' failed with status %d: %s. The backup is safe. The log of its restore-service says more."
                                .formatted(site, response.statusCode(), detail));
        };
    }

    private JsonNode said(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return mapper.readTree(body.readNBytes(MOST_OF_A_PROBLEM));
        } catch (IOException | JacksonException _) {
            return mapper.createObjectNode();
        }
    }

    private String token() {
        if (tokenFile == null) {
            throw new ConsoleProblem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    Code.SITE_TOKEN,
                    "The console has no token for the sites, so it cannot fetch archives. The backup is safe, and restores work. Set holdfast.console.site-token-file.");
        }
        try {
            return TokenFile.read(tokenFile);
        } catch (TokenFile.Unusable e) {
            throw new ConsoleProblem(HttpStatus.SERVICE_UNAVAILABLE, Code.SITE_TOKEN, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private static ConsoleProblem unreachable(String site, String why) {
        return new ConsoleProblem(
                HttpStatus.SERVICE_UNAVAILABLE,
                Code.SITE_UNREACHABLE,
                "The site '%s' cannot be asked for the archive: %s. The backup is safe where it lies. Start the site's restore-service, or read the vault or a region directly with 'holdfast vault restore'."
                        .formatted(site, why));
    }

    @Override
    public void close() {
        client.close();
    }
}

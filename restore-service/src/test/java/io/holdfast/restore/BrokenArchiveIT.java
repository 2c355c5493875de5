package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.site.testing.TestSite;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** An archive that cannot be read to its end, over a real connection. */
@Timeout(60)
class BrokenArchiveIT {

    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
    })
    static class WebServer {}

    private static final int MORE_THAN_IS_READ_AHEAD = 40_000_000;

    @TempDir
    private Path directory;

    private RestoreBench bench;
    private ConfigurableApplicationContext server;
    private String url;

    @BeforeEach
    void serve() throws IOException {
        bench = new RestoreBench(directory);
        Path token = Files.writeString(directory.resolve("token"), "open sesame");
        var controller = new ArchiveController(
                new RestorePlace(bench.site.plan(), bench.site.vaults()),
                new SiteToken(token),
                new Lacks(bench.site.plan()));
        ApplicationContextInitializer<GenericApplicationContext> beans = context -> {
            context.registerBean("archiveController", ArchiveController.class, () -> controller);
            context.registerBean("cutArchives", CutArchives.class, CutArchives::new);
            context.registerBean("neighbour", HandlerExceptionResolver.class, () -> BrokenArchiveIT::takeForHandled);
        };
        server = new SpringApplicationBuilder(WebServer.class)
                .initializers(beans)
                .properties(Map.of("server.port", "0", "server.address", "127.0.0.1"))
                .run();
        url = "http://127.0.0.1:%s/site/archives/shop-1?stack=shop&format="
                .formatted(server.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** What another service in the same process may do with every exception. */
    private static @Nullable ModelAndView takeForHandled(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        return e instanceof BrokenArchive ? new ModelAndView() : null;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void breaksTheDownloadInEveryFormat() throws Exception {
        captureWithALateLoss(MORE_THAN_IS_READ_AHEAD);

        for (ArchiveFormat format : ArchiveFormat.values()) {
            HttpResponse<InputStream> answer = ask(format);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> answer.body().readAllBytes())
                    .as(format.suffix())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void answersWithAProblemWhereNothingWasSentYet() throws Exception {
        captureWithALateLoss(10);

        for (ArchiveFormat format : ArchiveFormat.values()) {
            HttpResponse<InputStream> answer = ask(format);
            assertThat(answer.statusCode()).as(format.suffix()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
            assertThat(new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .startsWith("{")
                    .contains("HF-V05");
        }
    }

    /** Backs both components up; what only the second one needs is lost. */
    private void captureWithALateLoss(int bytes) throws IOException {
        var content = new byte[bytes];
        new Random(1).nextBytes(content);
        Files.write(bench.docs.resolve("a.txt"), content);
        bench.site.backUp(bench.docsId, "shop-1", bench.docs);
        Set<Handle> before =
                bench.site.places().heldAt(TestSite.VAULTS + "/shop").handles();
        bench.site.backUp(bench.webId, "shop-1", bench.web);
        for (Handle handle :
                bench.site.places().heldAt(TestSite.VAULTS + "/shop").handles()) {
            if (handle.type() == FileType.PACK && !before.contains(handle)) {
                bench.site.places().heldAt(TestSite.VAULTS + "/shop").corrupt(handle, new byte[4]);
            }
        }
    }

    private HttpResponse<InputStream> ask(ArchiveFormat format) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + format.suffix()))
                .header("Authorization", "Bearer open sesame")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    }
}

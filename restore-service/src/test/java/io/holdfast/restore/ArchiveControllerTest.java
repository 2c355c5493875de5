package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.holdfast.events.SnapshotKind;
import io.holdfast.site.testing.TestSite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

@Execution(ExecutionMode.CONCURRENT)
class ArchiveControllerTest {

    private static final String TOKEN = "Bearer open sesame";

    @TempDir
    private Path directory;

    private RestoreBench bench;
    private MockMvc mvc;

    @BeforeEach
    void serve() throws IOException {
        bench = new RestoreBench(directory);
        Path token = Files.writeString(directory.resolve("token"), "open sesame");
        mvc = MockMvcBuilders.standaloneSetup(new ArchiveController(
                        new RestorePlace(bench.site.plan(), bench.site.vaults()),
                        new SiteToken(token),
                        new Lacks(bench.site.plan())))
                .build();
    }

    @Test
    void streamsARecoveryPoint() throws Exception {
        bench.backUp("shop-1");

        MockHttpServletResponse answer = ask("/site/archives/shop-1?stack=shop", TOKEN);

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).isEqualTo("application/gzip");
        assertThat(answer.getHeader("Content-Disposition"))
                .startsWith("attachment; ")
                .contains("shop-1.tar.gz");
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.getContentAsByteArray()))) {
            assertThat(files(unpacked))
                    .containsEntry("docs" + bench.docs + "/a.txt", "good docs")
                    .containsEntry("web" + bench.web + "/index.html", "good web")
                    .hasSize(2);
        }
    }

    @Test
    void saysWhatARecoveryPointLacksAndAddsItsManifest() throws Exception {
        bench.site.backUp(bench.docsId, "shop-1", bench.docs);
        bench.manifestOfIncomplete("shop-1", "web");

        MockHttpServletResponse whole = ask("/site/archives/shop-1?stack=shop&format=tar", TOKEN);
        MockHttpServletResponse part = ask("/site/archives/shop-1?stack=shop&format=tar&component=docs", TOKEN);

        assertThat(whole.getHeader("Holdfast-Lacks")).startsWith("HF-R16 ").contains("shop-1", "nothing of web");
        assertThat(files(new ByteArrayInputStream(whole.getContentAsByteArray())))
                .containsOnlyKeys("docs" + bench.docs + "/a.txt", "manifest/manifest.json");
        assertThat(part.containsHeader("Holdfast-Lacks")).isFalse();
        assertThat(files(new ByteArrayInputStream(part.getContentAsByteArray())))
                .containsOnlyKeys("docs" + bench.docs + "/a.txt");
    }

    @Test
    void streamsSomeOfItInTheFormAskedFor() throws Exception {
        bench.backUp("shop-1");

        MockHttpServletResponse answer = ask("/site/archives/shop-1?stack=shop&component=web&format=tar", TOKEN);

        assertThat(answer.getContentType()).isEqualTo("application/x-tar");
        assertThat(files(new ByteArrayInputStream(answer.getContentAsByteArray())))
                .containsOnlyKeys("web" + bench.web + "/index.html");
    }

    @Test
    void letsNobodyInWithoutTheToken() throws Exception {
        bench.backUp("shop-1");
        for (String shown : new String[] {"", "Bearer wrong", "open sesame"}) {
            MockHttpServletResponse answer = ask("/site/archives/shop-1?stack=shop", shown);

            assertThat(answer.getStatus()).isEqualTo(401);
            assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
            assertProblem(answer, "HF-R13", "token");
        }
    }

    @Test
    void doesNotFindAnotherSitesStack() throws Exception {
        MockHttpServletResponse answer = ask("/site/archives/latest?stack=blog", TOKEN);

        assertThat(answer.getStatus()).isEqualTo(404);
        assertProblem(answer, "HF-R08", "blog");
    }

    @Test
    void doesNotFindAnIdThatNobodyHas() throws Exception {
        bench.backUp("shop-1");

        MockHttpServletResponse answer = ask("/site/archives/shop-9?stack=shop", TOKEN);

        assertThat(answer.getStatus()).isEqualTo(404);
        assertProblem(answer, "HF-R03", "shop-9");
    }

    @Test
    void namesTheFormatsItKnows() throws Exception {
        MockHttpServletResponse answer = ask("/site/archives/shop-1?stack=shop&format=zip", TOKEN);

        assertThat(answer.getStatus()).isEqualTo(422);
        assertProblem(answer, "HF-R09", "tar.gz, tar.zst, tar");
    }

    @Test
    void saysThatTheVaultDoesNotAnswer() throws Exception {
        bench.backUp("shop-1");
        bench.site.places().takeDown(TestSite.VAULTS + "/shop");

        MockHttpServletResponse answer = ask("/site/archives/shop-1?stack=shop", TOKEN);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertProblem(answer, "HF-V10", "memory");
    }

    @Test
    void saysThatItsTokenCannotBeRead() throws Exception {
        Files.delete(directory.resolve("token"));

        MockHttpServletResponse answer = ask("/site/archives/shop-1?stack=shop", TOKEN);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertProblem(answer, "HF-R14", "token file");
    }

    @Test
    void givesOddNamesNoWayIntoTheHeader() throws Exception {
        bench.site.backUp(bench.docsId, "shop-1", SnapshotKind.REGULAR, "a\"\r\nX-Evil: 1", bench.docs);

        MockHttpServletResponse answer = mvc.perform(get(URI.create("/site/archives/a%22%0D%0AX-Evil:%201?stack=shop"))
                        .header("Authorization", TOKEN))
                .andReturn()
                .getResponse();

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getHeader("Content-Disposition")).isEqualTo("attachment; filename=\"a___X-Evil__1.tar.gz\"");
    }

    private MockHttpServletResponse ask(String uri, String authorization) throws Exception {
        return mvc.perform(get(URI.create(uri)).header("Authorization", authorization))
                .andReturn()
                .getResponse();
    }

    private static void assertProblem(MockHttpServletResponse answer, String code, String word) throws IOException {
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getContentAsString(StandardCharsets.UTF_8))
                .contains("\"code\":\"" + code + "\"")
                .contains(word);
    }

    private static Map<String, String> files(InputStream archive) throws IOException {
        var files = new TreeMap<String, String>();
        try (var tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }
}

package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.fixtures.ChromaContainer;
import io.holdfast.standalone.Rescue.Part;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A ChromaDB, scholars' files, crontabs and units. */
final class ArxivStack {

    static final String NAME = "arxiv";

    private final StandInPrograms programs;
    private final ExampleHost host;
    private final ChromaContainer chroma;
    private final Part vectors;

    ArxivStack(ExampleStage stage) throws IOException {
        programs = stage.programs();
        host = stage.host(NAME);
        chroma = ChromaContainer.startOn(stage.docker(), stage.prefixed("chromadb_data"), stage.named("chromadb"));
        vectors = ExampleParts.chroma(stage.docker(), chroma);
        chroma.fill(700, ExampleStage.SEED);
        for (String scholar : new String[] {"ai_scholar", "quant_scholar"}) {
            String at = "/opt/arxiv-system/data/" + scholar;
            host.write(at + "/papers/2401.00001.pdf", "a paper of " + scholar);
            host.write(at + "/state/processed.json", "{\"papers\": 1}");
            host.write(at + "/cache/page-1", "cached for " + scholar);
            host.write(at + "/papers/half.tmp", "half a paper");
        }
        host.write("/opt/arxiv-system/logs/backup.log", "all is well\n");
        host.write("/opt/arxiv-system/config/ai_scholar.yaml", "instance: ai_scholar\n");
        host.write("/opt/arxiv-system/.env", "KEY=secret\n");
        host.write("/opt/arxiv-system/monitoring/config/alerts.yaml", "alerts: []\n");
        host.write("/etc/logrotate.d/arxiv-system", "weekly\n");
        programs.unit("chromadb.service");
        programs.unit("arxiv-system-monitor.service");
        programs.crontab("root", "0 2 * * * /opt/arxiv-system/scripts/backup_chromadb.sh\n");
    }

    Map<String, URI> servers() {
        return Map.of("http://127.0.0.1:8000", chroma.uri());
    }

    void isBroughtBackBy(Rescue rescue) throws Exception {
        rescue.of("vectors", vectors)
                .of("papers", host.data("/opt/arxiv-system/data/ai_scholar/papers"))
                .of("state", host.data("/opt/arxiv-system/data/quant_scholar", "/opt/arxiv-system/logs"))
                .of(
                        "configuration",
                        host.configuration(
                                "/opt/arxiv-system/config",
                                "/opt/arxiv-system/.env",
                                "/opt/arxiv-system/monitoring/config",
                                "/etc/logrotate.d/arxiv-system"))
                .of("crontabs", new Part(programs::crontabs, _ -> {}, () -> programs.crontab("root", "")))
                .succeeds(null);

        assertThat(host.at("/opt/arxiv-system/data/ai_scholar/papers/half.tmp"))
                .as("what the plan leaves out is left alone")
                .hasContent("half a paper");
        assertThat(programs.calls()).contains("systemctl daemon-reload");
    }
}

package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiIT extends ConsoleTestBase {

    private static final Path COMMITTED = Path.of("..", "docs", "openapi.json");
    private static final Path GENERATED = Path.of("target", "openapi.json");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Test
    void describesEveryRoute() throws Exception {
        var routes = new TreeSet<String>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(route(method, path)))));
        var described = new TreeSet<String>();
        for (Map.Entry<String, JsonNode> path : paths()) {
            path.getValue().propertyNames().forEach(method -> described.add(method + " " + path.getKey()));
        }

        assertThat(routes).hasSizeGreaterThan(10);
        assertThat(described).isEqualTo(routes);
    }

    @Test
    void everyRouteHasASummaryAnAnswerAndProblems() throws Exception {
        for (Map.Entry<String, JsonNode> path : paths()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String route = operation.getKey() + " " + path.getKey();
                JsonNode responses = operation.getValue().path("responses");
                assertThat(operation.getValue().path("summary").asString(""))
                        .as(route)
                        .isNotEmpty();
                assertThat(responses.propertyNames())
                        .as(route)
                        .contains("401", "403", "503", "default")
                        .anyMatch(status -> status.startsWith("2"));
                assertThat(responses
                                .at("/default/content/application~1problem+json/schema/$ref")
                                .asString(""))
                        .as(route)
                        .isEqualTo("#/components/schemas/Problem");
            }
        }
    }

    @Test
    void aRestoreNeedsABackupOrATime() throws Exception {
        assertThat(json(get(VIEWER, "/v3/api-docs"))
                        .at("/components/schemas/RestoreBackup/oneOf")
                        .toString())
                .isEqualTo("[{\"required\":[\"backup_id\"]},{\"required\":[\"at\"]}]");
    }

    @Test
    void theCommittedCopyIsInStep() throws Exception {
        String now = get(VIEWER, "/v3/api-docs").body() + "\n";
        Files.writeString(GENERATED, now);

        assertThat(Files.readString(COMMITTED))
                .as("The API changed. If that is meant: cp console/target/openapi.json docs/openapi.json")
                .isEqualTo(now);
    }

    private Iterable<Map.Entry<String, JsonNode>> paths() throws Exception {
        return json(get(VIEWER, "/v3/api-docs")).path("paths").properties();
    }

    private static String route(RequestMethod method, String path) {
        return method.name().toLowerCase(java.util.Locale.ROOT) + " " + path;
    }
}

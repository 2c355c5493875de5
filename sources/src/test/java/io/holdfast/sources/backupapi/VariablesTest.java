package io.holdfast.sources.backupapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.BackupApiServer;
import io.holdfast.plan.Template;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;

class VariablesTest {

    @Property
    void neverLeavesItsPlaceInAPath(@ForAll String value) {
        Assume.that(!value.isEmpty() && !value.equals(".") && !value.equals(".."));
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(value));

        HttpUrl url = HttpUrl.get("http://h" + Variables.NONE.with("id", value).path(new Template("/a/{id}/b?c={id}")));

        assertThat(url.pathSegments()).containsExactly("a", value, "b");
        assertThat(url.queryParameter("c")).isEqualTo(value);
        assertThat(url.querySize()).isEqualTo(1);
    }

    @Property
    void givesEachValueAFileOfItsOwn(@ForAll String value) {
        Assume.that(!value.isEmpty() && value.length() < 20);
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(value));

        String name = Variables.NONE.with("collection", value).fileName(new Template("{collection}.snapshot"));

        assertThat(name).doesNotContain("/", "\0");
        assertThat(URLDecoder.decode(name, StandardCharsets.UTF_8)).isEqualTo(value + ".snapshot");
    }

    @Example
    void refusesWhatWouldLeadToAnotherPath() {
        for (String value : List.of(".", "..", "")) {
            assertThatThrownBy(() -> Variables.NONE.with("id", value).path(new Template("/a/{id}/b")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Example
    void fillsTheTextsOfABody() {
        var variables = new Variables(Map.of("name", "a \"b\""), List.of("one", "two"));

        assertThat(variables.body(json("""
                        {"name":"x {name}","all":"{collections}","deep":[{"n":"{name}"},1,true,null]}"""))).isEqualTo(json("""
                        {"name":"x a \\"b\\"","all":["one","two"],"deep":[{"n":"a \\"b\\""},1,true,null]}"""));
    }

    private static JsonNode json(String text) {
        return BackupApiServer.MAPPER.readTree(text);
    }
}

package io.holdfast.vault.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonEditTest {

    @Test
    void writesWhatItDoesNotKnowAsItWasRead() throws DamagedException {
        String text = """
                {"a":"x\\u003cy\\\\\\"\\u2028ü","n":18446744073709551615,"m":-1,"f":1.5,"t":true,"z":null,\
                "list":[1,"two",{"three":[]},[{}],null],"empty":{}}""";
        assertThat(edited(edit(text))).isEqualTo(text);
    }

    @Test
    void changesOnlyWhatItIsTold() throws DamagedException {
        JsonEdit edit = edit("{\"tags\":[\"a\"],\"keep\":1,\"tree\":\"x\",\"gone\":2}");
        edit.set("tree", "y").set("size", 7).set("tags", List.of("b", "c")).remove("gone");
        assertThat(edited(edit)).isEqualTo("{\"tags\":[\"b\",\"c\"],\"keep\":1,\"tree\":\"y\",\"size\":7}");
        assertThat(edited(edit.setOptional("tags", List.of()))).isEqualTo("{\"keep\":1,\"tree\":\"y\",\"size\":7}");
    }

    @Test
    void editsAndDropsTheObjectsOfAList() throws IOException {
        JsonEdit edit = edit("{\"nodes\":[{\"name\":\"a\",\"size\":1},{\"name\":\"b\"},{\"name\":\"c\"}]}");
        edit.retain("nodes", node -> {
            node.set("size", node.number("size") + 1);
            return !node.string("name").equals("b");
        });
        assertThat(edited(edit)).isEqualTo("{\"nodes\":[{\"name\":\"a\",\"size\":2},{\"name\":\"c\",\"size\":1}]}");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThatThrownBy(() -> edit("[]")).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> edit("{")).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> edit("{\"nodes\":[1]}").retain("nodes", _ -> true))
                .isInstanceOf(DamagedException.class);
    }

    private static JsonEdit edit(String text) throws DamagedException {
        return JsonEdit.parse(text.getBytes(StandardCharsets.UTF_8), "the text");
    }

    private static String edited(JsonEdit edit) {
        return new String(edit.utf8(), StandardCharsets.UTF_8);
    }
}

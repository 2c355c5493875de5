package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void putsValuesInThePlaceOfVariables() {
        var template = new Template("/collections/{collection}/snapshots/{id}?wait=true");

        assertThat(template.variables()).isEqualTo(List.of("collection", "id"));
        assertThat(template.expand(name -> "<" + name + ">"))
                .isEqualTo("/collections/<collection>/snapshots/<id>?wait=true");
    }

    @Property
    void readsNoVariablesAndReferencesInValues(@ForAll String value) {
        assertThat(new Template("a{id}b{id}").expand(_ -> value)).isEqualTo("a" + value + "b" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{}", "{ id }", "{{id}}", "{+id}", "{ID}", "a{id"})
    void refusesBracesOfNoVariable(String text) {
        assertThatThrownBy(() -> new Template(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.holdfast.sources.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;

class TailTest {

    private static final int KEPT = 10;

    @Property
    void keepsTheLastBytesHoweverTheyCome(@ForAll @Size(max = 8) List<@AlphaChars String> parts) {
        Tail tail = new Tail(KEPT);
        parts.forEach(part -> tail.write(part.getBytes(UTF_8), 0, part.length()));

        String all = String.join("", parts);
        assertThat(tail.text()).isEqualTo(all.length() <= KEPT ? all : "…" + all.substring(all.length() - KEPT));
    }
}

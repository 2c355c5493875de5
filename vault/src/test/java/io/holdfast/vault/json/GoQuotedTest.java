package io.holdfast.vault.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoQuotedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "61|a",
                "22|\\\"",
                "5c|\\\\",
                "07|\\a",
                "0b|\\v",
                "0a|\\n",
                "01|\\x01",
                "7f|\\x7f",
                "ff78|\\xffx",
                "c3a4|ä",
                "61c3|a\\xc3",
                "eda080|\\xed\\xa0\\x80",
                "c080|\\xc0\\x80",
                "e2808b|\\u200b",
                "c2a0|\\u00a0",
                "efbfbd|\ufffd",
                "f09f9880|\uD83D\uDE00",
                "f3a08081|\\U000e0001",
                "f4908080|\\xf4\\x90\\x80\\x80"
            })
    void quotesAsGoDoes(String hex, String quoted) {
        byte[] raw = java.util.HexFormat.of().parseHex(hex);
        assertThat(GoQuoted.quote(raw)).isEqualTo(quoted);
        assertThat(GoQuoted.unquote(quoted)).isEqualTo(raw);
    }

    @Property
    void unquotesWhatItQuoted(@ForAll @Size(max = 40) byte[] raw) {
        assertThat(GoQuoted.unquote(GoQuoted.quote(raw))).isEqualTo(raw);
    }

    @Test
    void acceptsOctalAndRefusesBrokenEscapes() {
        assertThat(GoQuoted.unquote("a\\101")).isEqualTo("aA".getBytes(StandardCharsets.UTF_8));
        for (String broken : new String[] {"\\", "\\x1", "\\u12", "\\q", "\\xzz"}) {
            assertThatThrownBy(() -> GoQuoted.unquote(broken)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void spellsStringsAndTimesAsGoDoes() {
        byte[] json = new JsonText()
                .open('{')
                .field("a", "<b>&\"\\\n\u2028\u0001/ä")
                .field("t", Instant.parse("2026-11-21T04:14:41.100Z"))
                .field("u", Instant.parse("1930-01-01T00:00:00Z"))
                .close('}')
                .utf8();
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":\"\\u003cb\\u003e\\u0026\\\"\\\\\\n\\u2028\\u0001/ä\","
                        + "\"t\":\"2026-11-21T04:14:41.1Z\",\"u\":\"1930-01-01T00:00:00Z\"}");
    }
}

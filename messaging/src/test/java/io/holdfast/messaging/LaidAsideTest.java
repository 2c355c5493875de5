package io.holdfast.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.EventCodec;
import io.holdfast.events.Received;
import io.holdfast.events.Received.Broken;
import io.holdfast.events.Received.Original;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LaidAsideTest {

    private static final String TOPIC = "holdfast.backups";
    private static final byte[] BYTES = {(byte) 0xff, 0, 1};

    @Test
    void keepsKeyHeadersAndBytesAsTheyCame() {
        Headers own = new RecordHeaders();
        own.add("trace", new byte[] {1}).add("trace", new byte[] {2}).add("empty", null);

        LaidAside aside = LaidAside.of(TOPIC, "shop/db", own, broken("no JSON", BYTES));

        assertThat(aside.key()).isEqualTo("shop/db");
        assertThat(data(aside)).isEqualTo(BYTES);
        assertThat(aside.headers().toArray()).startsWith(own.toArray()).hasSize(5);
        assertThat(header(aside, LaidAside.TOPIC)).isEqualTo(TOPIC);
        assertThat(header(aside, LaidAside.REASON)).isEqualTo("no JSON");
    }

    @Test
    void keepsARecordWithoutAKeyWithoutOne() {
        assertThat(LaidAside.of(TOPIC, null, new RecordHeaders(), broken("no JSON", BYTES))
                        .key())
                .isNull();
    }

    @Test
    void believesNoRecordThatSaysItselfWhereItCameFromAndWhy() {
        Headers own = new RecordHeaders();
        Stream.of(LaidAside.TOPIC, LaidAside.REASON, LaidAside.CUT)
                .forEach(name -> own.add(name, "forged".getBytes(UTF_8)));

        LaidAside aside = LaidAside.of(TOPIC, "key", own, broken("no JSON", BYTES));

        assertThat(Stream.of(aside.headers().toArray()).map(Header::key))
                .containsExactly(LaidAside.TOPIC, LaidAside.REASON);
        assertThat(header(aside, LaidAside.TOPIC)).isEqualTo(TOPIC);
    }

    @Test
    void cutsWhatIsLargerThanAnyEventAndSaysSo() {
        Headers own = new RecordHeaders();
        own.add("small", BYTES).add("large", new byte[1_000_000]).add("behind", BYTES);
        byte[] data = new byte[1_000_000];
        new Random(1).nextBytes(data);
        String text = "k".repeat(100_000);

        LaidAside aside = LaidAside.of(TOPIC, text, own, broken(text, data));

        assertThat(aside.key()).isEqualTo("k".repeat(1024));
        assertThat(data(aside)).isEqualTo(Arrays.copyOf(data, EventCodec.MOST_BYTES));
        assertThat(Stream.of(aside.headers().toArray()).map(Header::key))
                .containsExactly("small", LaidAside.TOPIC, LaidAside.REASON, LaidAside.CUT);
        assertThat(header(aside, LaidAside.REASON)).hasSize(1024);
        assertThat(header(aside, LaidAside.CUT))
                .contains("100000 characters", "1000022 bytes of headers", "1000000 bytes of value");
    }

    @Test
    void isWrittenWithNoMoreHeadersThanItHas() {
        var original = new Original(Map.of("large", new byte[1_000_000]), BYTES);
        Headers own = new RecordHeaders();
        original.headers().forEach(own::add);
        LaidAside aside = LaidAside.of(TOPIC, "key", own, new Broken("no JSON", original));

        byte[] written =
                new ReceivedSerde.Writer().serialize("holdfast.dead-letters", aside.headers(), aside.received());

        assertThat(written).isEqualTo(BYTES);
        assertThat(aside.headers().lastHeader("large")).isNull();
    }

    private static Received broken(String reason, byte[] data) {
        return new Broken(reason, new Original(Map.of(), data));
    }

    private static byte[] data(LaidAside aside) {
        return ((Broken) aside.received()).original().data();
    }

    private static String header(LaidAside aside, String name) {
        return new String(
                Objects.requireNonNull(aside.headers().lastHeader(name)).value(), UTF_8);
    }
}

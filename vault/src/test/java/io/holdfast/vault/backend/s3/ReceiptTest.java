package io.holdfast.vault.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.s3.Receipt.Verdict;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    private static final Digests SENT = Digests.of(new byte[] {1, 2, 3});
    private static final Digests OTHER = Digests.of(new byte[] {3, 2, 1});

    @Test
    void believesTheChecksumOverTheEtag() {
        assertThat(new Receipt(SENT.sha256(), OTHER.md5(), false).compareWith(SENT))
                .isEqualTo(Verdict.SAME);
        assertThat(new Receipt(OTHER.sha256(), SENT.md5(), false).compareWith(SENT))
                .isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void readsAnEtagThatIsTheMd5() {
        assertThat(new Receipt(null, "\"" + SENT.md5().toUpperCase(Locale.ROOT) + "\"", false).compareWith(SENT))
                .isEqualTo(Verdict.SAME);
        assertThat(new Receipt(null, OTHER.md5(), false).compareWith(SENT)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void readsNothingFromAnEtagThatIsNoDigest() {
        assertThat(new Receipt(null, OTHER.md5(), true).compareWith(SENT)).isEqualTo(Verdict.SILENT);
        assertThat(new Receipt(null, "abc-2", false).compareWith(SENT)).isEqualTo(Verdict.SILENT);
        assertThat(new Receipt(null, null, false).compareWith(SENT)).isEqualTo(Verdict.SILENT);
    }
}

package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CliOptionsTest {

    private static final Pattern SCALED = Pattern.compile("CompileThresholdScaling,([\\w.]+)::([\\w*]+),");

    /** The JVM says nothing of a name that it does not meet. */
    @Test
    void namesMethodsThatThereAre() throws Exception {
        List<MatchResult> scaled = scaled();
        assertThat(scaled).isNotEmpty();
        for (MatchResult each : scaled) {
            Class<?> type = Class.forName(each.group(1));
            if (!each.group(2).equals("*")) {
                assertThat(type.getDeclaredMethods())
                        .extracting(Method::getName)
                        .contains(each.group(2));
            }
        }
    }

    private static List<MatchResult> scaled() throws IOException {
        return SCALED.matcher(Files.readString(Path.of("src/main/dist/cli.options")))
                .results()
                .toList();
    }
}

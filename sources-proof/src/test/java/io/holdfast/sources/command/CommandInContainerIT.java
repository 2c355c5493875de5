package io.holdfast.sources.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.engine.Busybox;
import io.holdfast.sources.engine.Container;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandInContainerIT {

    private static final String AT = "/shop/ledger";

    @Test
    void goesThereAndBackInAContainer() throws IOException, InterruptedException {
        try (Busybox busybox = Busybox.onThisMachine();
                TestVault vault = new TestVault(AT)) {
            Container container = busybox.start("ledger");
            var source = new CommandSource(
                    new Source.Command(
                            List.of("sh", "-c", "echo $KEY; seq 1 50000"),
                            container.name(),
                            Map.of("KEY", SecretReference.parse("env:KEY")),
                            "ledger.txt",
                            List.of("sh", "-c", "cat > /restored"),
                            Duration.ofMinutes(1),
                            Quiesce.NONE),
                    AT,
                    TestHost.with(Map.of("KEY", "s3cret-word"), busybox.engine()));

            source.capture().inspect();
            SnapshotFiles files = vault.stored(source.capture().read());
            WayBack wayBack = source.wayBack();
            wayBack.prepare(files);
            wayBack.put(files);

            assertThat(busybox.engine().pathExists(container.id(), "/restored")).isTrue();
            var again = new CommandSource(
                    new Source.Command(
                            List.of("cat", "/restored"),
                            container.name(),
                            Map.of(),
                            "ledger.txt",
                            List.of(),
                            Duration.ofMinutes(1),
                            Quiesce.NONE),
                    AT,
                    TestHost.with(Map.of(), busybox.engine()));
            var first = new ByteArrayOutputStream();
            var second = new ByteArrayOutputStream();
            files.dump("/ledger.txt", first);
            vault.stored(again.capture().read()).dump("/ledger.txt", second);
            assertThat(first.toString(StandardCharsets.UTF_8))
                    .startsWith("s3cret-word\n1\n")
                    .endsWith("\n50000\n");
            assertThat(second.toByteArray()).isEqualTo(first.toByteArray());

            busybox.engine().stop(container.id(), Duration.ZERO);
            assertThatThrownBy(() -> source.capture().inspect())
                    .isInstanceOf(SourceException.class)
                    .hasMessageStartingWith("HF-Q81 ")
                    .hasMessageContaining("does not run (exited)");
            assertThatThrownBy(() -> source.wayBack().prepare(files)).hasMessageStartingWith("HF-Q81 ");
        }
    }
}

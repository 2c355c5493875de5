package io.holdfast.sources.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.WayBack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the crontab of this machine, if root runs the test and a user who never has one has none. */
class RealCrontabIT {

    private static final String AT = "/shop/config";
    private static final String USER = "nobody";
    private static final String CRONTAB = "# m h dom mon dow command\n0 2 1 1 * /bin/true # é\n";

    private final Programs programs = Programs.of(TestHost.withoutEngine());

    @Test
    void bringsACrontabBack() throws IOException, InterruptedException {
        var source = new ConfigurationSource(
                new Source.Configuration(List.of(), List.of(), List.of(USER), List.of(), List.of(), Quiesce.NONE),
                AT,
                TestHost.withoutEngine());
        try (Capture capture = source.capture()) {
            capture.inspect();
            assumeTrue(capture.read().roots().size() == 1, USER + " has a crontab");
        } catch (IOException e) {
            assumeTrue(false, "needs cron, and root: " + e.getMessage());
        }
        try (TestVault vault = new TestVault(AT);
                Capture capture = source.capture()) {
            programs.tell(CRONTAB.getBytes(StandardCharsets.UTF_8), "crontab", "-u", USER, "-");
            capture.inspect();
            SnapshotFiles files = vault.stored(capture.read());
            programs.ask("crontab", "-u", USER, "-r");

            WayBack wayBack = source.wayBack();
            wayBack.put(files);
            wayBack.finish(files);
            wayBack.validate(files);

            assertThat(programs.ask("crontab", "-u", USER, "-l"))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(CRONTAB);
        } finally {
            programs.ask("crontab", "-u", USER, "-r");
        }
    }
}

package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Resting.OfWorkload;
import io.holdfast.sources.quiesce.Resting.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a program that answers as kubectl does; its pods end, and get ready, one by one with each look at them. */
class WorkloadsTest {

    private static final String WEB = "shop/deployment/web";

    @TempDir
    private Path directory;

    private ProgramsOnPath programs;
    private Workloads workloads;

    @BeforeEach
    void aClusterWithADeploymentOfTwo() throws IOException {
        programs = new ProgramsOnPath(directory);
        programs.write("kubectl", """
                case "$*" in
                *" scale "*) echo "$*" | sed 's/.*--replicas=\\([0-9]*\\) .*/\\1/' >replicas ;;
                *" get pods "*)
                    n=$(cat pods)
                    i=0; while [ $i -lt $n ]; do echo "pod/web-$i"; i=$((i + 1)); done
                    if [ $n -gt "$(cat replicas)" ]; then echo $((n - 1)) >pods; fi ;;
                *"get --ignore-not-found"*deployment/web)
                    n=$(cat pods)
                    if [ $n -lt "$(cat replicas)" ]; then echo $((n + 1)) >pods; fi
                    echo '{"metadata":{"uid":"'$(cat uid)'"},"spec":{"replicas":'$(cat replicas)',"selector":{"matchLabels":{"app":"web"}}},"status":{"readyReplicas":'$n'}}' ;;
                esac
                """);
        Files.writeString(directory.resolve("uid"), "1234");
        Files.writeString(directory.resolve("replicas"), "2");
        Files.writeString(directory.resolve("pods"), "2");
        workloads = new Workloads(programs, Duration.ofSeconds(20), Duration.ofMillis(1));
    }

    @Test
    void scalesToZeroAndBackAndWaitsForThePods() throws IOException {
        OfWorkload web = workloads.look(WEB, Purpose.CAPTURE_PAUSED);

        workloads.rest(web);
        assertThat(directory.resolve("pods")).hasContent("0");

        assertThat(workloads.bringBack(web, true)).isEmpty();
        assertThat(directory.resolve("pods")).hasContent("2");
        assertThat(programs.calls(" scale "))
                .containsExactly(
                        "--namespace=shop scale --replicas=0 deployment/web",
                        "--namespace=shop scale --replicas=2 deployment/web");
    }

    @Test
    void leavesAtZeroWhatWasAtZero() throws IOException {
        Files.writeString(directory.resolve("replicas"), "0");
        OfWorkload web = workloads.look(WEB, Purpose.CAPTURE_PAUSED);
        assertThat(web.rest()).isEqualTo(Rest.NONE);

        workloads.rest(web);
        assertThat(workloads.bringBack(web, true)).isEmpty();

        assertThat(programs.calls(" scale ")).isEmpty();
    }

    @Test
    void leavesAloneWhatWasDeployedAnew() throws IOException {
        OfWorkload web = workloads.look(WEB, Purpose.CAPTURE_PAUSED);
        workloads.rest(web);
        Files.writeString(directory.resolve("uid"), "5678");

        assertThat(workloads.bringBack(web, true)).isPresent();

        assertThat(directory.resolve("replicas")).hasContent("0");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> workloads.look("shop/deployment/nobody", Purpose.CAPTURE_PAUSED))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q20"));
    }
}

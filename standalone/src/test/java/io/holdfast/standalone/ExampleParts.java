package io.holdfast.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.CreateContainerCmd;
import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.ChromaContainer;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.TestContainer;
import io.holdfast.standalone.Rescue.Part;
import io.holdfast.standalone.Rescue.Wreck;
import java.util.function.UnaryOperator;

/** Containers as parts of a stack that are written to and wrecked. */
final class ExampleParts {

    /** Of what clients write, from here on. */
    private static final long LIVE = 1000;

    private ExampleParts() {}

    static Part server(TestContainer server, Wreck wreck) {
        return new Part(server::fingerprint, number -> server.fill(5, LIVE + number), wreck);
    }

    static Part chroma(DockerEngine docker, ChromaContainer chroma) {
        return server(chroma, () -> wipe(docker, chroma));
    }

    /** As after a disk was formatted: the server starts on nothing, whoever starts it. */
    private static void wipe(DockerEngine docker, ChromaContainer chroma) {
        AppContainer vandal = AppContainer.startOn(
                docker, chroma.volume(), serving("rm -rf /app/documents/*; echo pay >/app/documents/ransom"));
        whenNotCaptured(vandal::remove);
        whenNotCaptured(chroma::kill);
        chroma.start();
    }

    /** Every new component is captured once by itself, at a moment that no test knows. */
    private static void whenNotCaptured(Runnable action) {
        await().ignoreExceptions().untilAsserted(action::run);
    }

    /**
     * A volume whose container writes by itself. Nothing is executed in it: an engine can hang for good where that meets a
     * pause.
     */
    static Part volume(AppContainer writing) {
        return new Part(writing::fingerprint, _ -> {}, () -> {
            writing.write("/tmp/quiet", new byte[0]);
            writing.write("/app/documents/batch " + ExampleStage.SEED + "/Akte Nº 1.pdf", "pay".getBytes(UTF_8));
            writing.write("/app/documents/ransom", "pay".getBytes(UTF_8));
        });
    }

    /** The container for it. */
    static UnaryOperator<CreateContainerCmd> writing() {
        return serving(
                "i=0; while ! [ -e /tmp/quiet ]; do i=$((i+1)); ln -s $i /app/documents/live-$i; sleep 0.2; done &");
    }

    private static UnaryOperator<CreateContainerCmd> serving(String before) {
        return create -> create.withCmd(
                "sh", "-c", "trap 'exit 0' TERM\n%s\nhttpd -f -p 8080 -h /app/documents & wait".formatted(before));
    }
}

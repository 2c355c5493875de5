package io.holdfast.sources.chroma;

import static io.holdfast.sources.chroma.ChromaFailure.KEPT_INCOMPLETE;
import static io.holdfast.sources.chroma.ChromaFailure.NOTHING_CAPTURED;
import static io.holdfast.sources.chroma.ChromaFailure.explaining;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One capture of a server. */
final class ChromaCapture implements Capture {

    private final Source.ChromaDb source;
    private final Capture data;
    private final String at;
    private final Host host;
    private @Nullable ChromaServer server;
    private boolean rests;
    private @Nullable Recorded before;

    ChromaCapture(Source.ChromaDb source, ComponentSource data, String at, Host host) {
        this.source = source;
        this.data = data.capture();
        this.at = at;
        this.host = host;
    }

    @Override
    public List<String> inspect() throws IOException, InterruptedException {
        List<String> containers = data.inspect();
        rests = rests(containers);
        server = new ChromaServer(source.url(), Login.of(source, host));
        explaining(NOTHING_CAPTURED, () -> {
            server().heartbeat();
            return true;
        });
        return containers;
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        before = explaining(
                NOTHING_CAPTURED,
                () -> new Recorded(
                        server().api().word(),
                        server().version(),
                        host.clock().instant(),
                        !rests,
                        new Sample(server()).take()));
    }

    @Override
    public boolean settlesAwake() {
        return true;
    }

    private boolean rests(List<String> own) {
        Quiesce quiesce = source.quiesce();
        boolean containers = quiesce.mode() != Quiesce.Mode.NONE
                && !(own.isEmpty() && quiesce.containers().isEmpty());
        return containers || !quiesce.units().isEmpty() || !quiesce.workloads().isEmpty();
    }

    @Override
    public Content read() throws IOException, InterruptedException {
        Content content = data.read();
        List<Root> roots = new ArrayList<>();
        for (Root root : content.roots()) {
            roots.add(checked(root));
        }
        roots.add(new Root.Generated(at + "/" + Recorded.FILE, recorded().json()));
        return new Content(roots, content.excludes()).as(content.given()).ofAtLeast(content.least());
    }

    private static Root checked(Root root) throws IOException, InterruptedException {
        return switch (root) {
            case Root.Tree tree ->
                explaining(NOTHING_CAPTURED, () -> {
                    DataFiles.in(tree.from()).require();
                    return tree;
                });
            case Root.Tar tar ->
                new Root.Tar(tar.at(), () -> new CheckedTar(tar.source().open()));
            case Root.Generated generated -> generated;
            case Root.Stream stream -> stream;
        };
    }

    @Override
    public void validate() throws IOException, InterruptedException {
        data.validate();
        explaining(KEPT_INCOMPLETE, () -> {
            server().awaitHeartbeat(source.readyWithin());
            List<String> differences =
                    new Sample(server()).differences(recorded(), !recorded().hot());
            if (!differences.isEmpty()) {
                throw new ChromaFailure(
                        "HF-Q56",
                        "ChromaDB at %s is not what it was before the capture: %s."
                                .formatted(server().url(), String.join("; ", differences)),
                        "If a client changed it just then, back up again; otherwise look at the server's log.");
            }
            return true;
        });
    }

    private Recorded recorded() {
        return Objects.requireNonNull(before, "settling comes first");
    }

    private ChromaServer server() {
        return Objects.requireNonNull(server, "inspecting comes first");
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        data.close();
    }
}

package io.holdfast.sources.redis;

import io.holdfast.plan.Quiesce;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One capture of a server. */
final class RedisCapture implements Capture {

    private static final String NOTHING_CAPTURED = "Nothing was captured; earlier snapshots are safe.";
    private static final String INCOMPLETE =
            "What was read is kept as an incomplete snapshot; earlier snapshots are safe.";

    private final RedisSource source;
    private final Capture data;
    private final RedisServer server;
    private Rewrites rewrites;
    private @Nullable RedisState state;
    private @Nullable Info before;

    RedisCapture(RedisSource source) {
        this.source = source;
        data = source.data().capture();
        server = source.server(NOTHING_CAPTURED);
        rewrites = Rewrites.none(server);
    }

    @Override
    public List<String> inspect() throws IOException, InterruptedException {
        server.requireReady();
        if (neverSaved()) {
            server.save();
        }
        return data.inspect();
    }

    private boolean neverSaved() throws IOException {
        return source.data().salvage().roots().isEmpty();
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        FileNames names = server.names(server.save(), FileNames.DEFAULT);
        if (names.appendOnly()) {
            rewrites = Rewrites.hold(server.saying(INCOMPLETE));
        }
        RedisFiles files = RedisFiles.of(source.data().salvage());
        require(files.rdbProblem(names));
        if (names.appendOnly()) {
            require(files.aofProblem(names));
        }
        before = server.info();
        state = RedisState.measure(
                server, before, names, files, source.host().clock().instant());
    }

    @Override
    public boolean settlesAwake() {
        return true;
    }

    private void require(Optional<String> problem) throws SourceException {
        if (problem.isPresent()) {
            throw new SourceException(
                    "HF-Q34",
                    "What %s saved is not whole where the plan says that its data are: %s. %s Correct the place of the data in the plan (CONFIG GET dir tells it), or look at the disk and the server's log."
                            .formatted(server.cli().title(), problem.get(), NOTHING_CAPTURED));
        }
    }

    @Override
    public Content read() throws IOException, InterruptedException {
        Content content = data.read();
        var roots = new ArrayList<Root>();
        content.roots().forEach(root -> roots.add(isHot() ? growing(root) : root));
        RedisState saved = Objects.requireNonNull(state, "settling comes first");
        roots.add(new Root.Generated(source.at() + "/" + RedisState.FILE, saved.json()));
        return new Content(roots, content.excludes()).as(given(saved.files()));
    }

    /** A saved file is of one moment; an append-only one is as long as it was when its turn came, unless the server rests. */
    private Content.Given given(FileNames names) {
        if (!names.appendOnly()) {
            return Content.Given.AS_ONE_STATE;
        }
        return isHot() ? Content.Given.BEING_WRITTEN : Content.Given.AS_IT_LIES;
    }

    private boolean isHot() {
        return source.source().quiesce().mode() == Quiesce.Mode.NONE;
    }

    private static Root growing(Root root) {
        return root instanceof Root.Tree tree ? new Root.Tar(tree.at(), () -> GrowingFiles.of(tree.from())) : root;
    }

    @Override
    public void validate() throws IOException, InterruptedException {
        RedisServer now = server.saying(INCOMPLETE);
        now.awaitReady();
        rewrites.release();
        data.validate();
        Info then = Objects.requireNonNull(before, "settling comes first");
        Info after = now.info();
        boolean restarted = !after.runId().equals(then.runId());
        if (restarted && source.source().quiesce().mode() != Quiesce.Mode.STOP) {
            throw changed("it was started anew");
        }
        if (!restarted && after.number("aof_rewrites") != then.number("aof_rewrites")) {
            throw changed("its append-only file was rewritten");
        }
    }

    private SourceException changed(String how) {
        return new SourceException(
                "HF-Q35",
                "%s did not stay as it was during the capture: %s. %s Back it up again."
                        .formatted(server.cli().title(), how, INCOMPLETE));
    }

    @Override
    public void close() throws IOException {
        try (data) {
            rewrites.release();
        }
    }
}

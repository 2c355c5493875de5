package io.holdfast.sources.redis;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a server's data. A start reads the append-only file if that is on, and the RDB file otherwise, so the data
 * directory becomes what the snapshot holds, and nothing older stays beside it.
 */
final class RedisWayBack implements WayBack {

    private static final String UNTOUCHED = "Nothing was touched.";
    private static final String PUT_BACK = "The data were put back.";

    private final WayBack data;
    private final RedisServer server;
    private boolean wasOff;
    private @Nullable String print;

    RedisWayBack(RedisSource source) {
        data = source.data().wayBack();
        server = source.server(UNTOUCHED);
    }

    @Override
    public String target() {
        return "%s (%s)".formatted(data.target(), server.cli().title());
    }

    @Override
    public List<String> containers() throws IOException, InterruptedException {
        return data.containers();
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException, InterruptedException {
        FileNames names = winning(RedisState.of(files));
        RedisFiles held = RedisFiles.of(files, RedisSource.DATA, names);
        Optional<String> problem = names.appendOnly() ? held.aofProblem(names) : held.rdbProblem(names);
        if (problem.isPresent()) {
            throw new SourceException(
                    "HF-Q36",
                    "The snapshot does not hold what %s reads when it starts%s: %s. %s Choose another snapshot%s."
                            .formatted(
                                    server.cli().title(),
                                    names.appendOnly() ? " (appendonly is on)" : "",
                                    problem.get(),
                                    UNTOUCHED,
                                    names.appendOnly()
                                            ? "; or set appendonly to no in its configuration, start it anew and restore again, and switch it on by CONFIG SET once the data are there"
                                            : ""));
        }
        print = held.print(names);
        data.prepare(files);
        wasOff = server.cli().isOff();
    }

    /** What the next start reads: as the server says, if it can be asked; otherwise as when it was captured. */
    private FileNames winning(Optional<RedisState> captured) throws IOException {
        FileNames then = captured.map(RedisState::files).orElse(FileNames.DEFAULT);
        try {
            return server.names(server.info(), then);
        } catch (SourceException e) {
            if (e.code().equals("HF-Q31")) {
                throw e;
            }
            return then;
        }
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException, InterruptedException {
        if (answers()) {
            throw new SourceException(
                    "HF-Q37",
                    "%s still runs, and would write over what is put back when it ends. %s Stop it, restore again, and start it afterwards."
                            .formatted(server.cli().title(), UNTOUCHED));
        }
        return data.put(files);
    }

    /** Whether it says anything, be it that it does not know the user. */
    private boolean answers() throws IOException {
        try {
            server.cli().ask("PING");
            return true;
        } catch (SourceException e) {
            return e.code().equals("HF-Q31");
        }
    }

    @Override
    public void finish(SnapshotFiles files) throws IOException, InterruptedException {
        data.finish(files);
        if (!staysOff()) {
            server.saying(PUT_BACK).awaitReady();
        }
    }

    @Override
    public void validate(SnapshotFiles files) throws IOException, InterruptedException {
        data.validate(files);
        Optional<RedisState> captured = RedisState.of(files);
        if (captured.isEmpty() || staysOff()) {
            return;
        }
        Optional<String> difference = difference(captured.get(), server.saying(PUT_BACK));
        if (difference.isPresent()) {
            throw new SourceException(
                    "HF-Q39",
                    "%s does not hold what was captured: %s. %s Look at its log; the state before is in the safety snapshot."
                            .formatted(server.cli().title(), difference.get(), PUT_BACK));
        }
    }

    /** To be compared before clients write again. */
    private Optional<String> difference(RedisState captured, RedisServer now) throws IOException {
        Info info = now.info();
        boolean exact = Objects.requireNonNull(print, "prepare comes first").equals(captured.print());
        Optional<String> difference = captured.difference(info.databases(), exact);
        if (difference.isPresent() || !exact || captured.digest() == null) {
            return difference;
        }
        return Digest.of(now.cli(), info.databases())
                .filter(digest -> !digest.equals(captured.digest()))
                .map(_ -> "there are as many keys, but the digest of their contents is another");
    }

    /** A container that was off before the restore is not started for it. */
    private boolean staysOff() throws IOException {
        return wasOff && server.cli().isOff();
    }
}

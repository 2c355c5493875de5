package io.holdfast.sources.redis;

import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that answers, and what a capture and a way back ask of it. */
record RedisServer(RedisCli cli) {

    RedisServer saying(String safe) {
        return new RedisServer(cli.saying(safe));
    }

    Info info() throws IOException {
        return Info.parse(cli.require("INFO"));
    }

    /** Whether it has read its data, before which it refuses a {@code PING}, and answers. */
    boolean isReady() throws IOException {
        return cli.ask("PING").equals("PONG");
    }

    /** @throws SourceException HF-Q30 unless it answers now */
    void requireReady() throws IOException {
        String pong = cli.require("PING");
        if (!pong.equals("PONG")) {
            throw cli.noAnswer("it answers PING with '%s'".formatted(RedisCli.firstLine(pong)), null);
        }
    }

    /**
     * Waits until it has read its data and answers, for as long as the plan's limit.
     *
     * @throws SourceException HF-Q38 if it does not, or has ended
     */
    void awaitReady() throws IOException, InterruptedException {
        Duration limit = cli.source().limit();
        String[] last = {
            "it still loads its data. %s If that only takes longer, raise limit in the plan.".formatted(cli.safe())
        };
        Optional<Boolean> ready = Waiting.atMost(limit, () -> {
            try {
                return isReady() ? Optional.of(true) : Optional.empty();
            } catch (SourceException e) {
                if (!e.code().equals("HF-Q30")) {
                    throw e;
                }
                last[0] = e.getMessage();
                return cli.isOff() ? Optional.of(false) : Optional.empty();
            }
        });
        if (!ready.orElse(false)) {
            throw new SourceException(
                    "HF-Q38",
                    "%s %s: %s"
                            .formatted(
                                    cli.title(),
                                    ready.isPresent()
                                            ? "ended instead of becoming ready; its log says why"
                                            : "was not ready after %d s".formatted(limit.toSeconds()),
                                    last[0]));
        }
    }

    /**
     * All that a pattern stands for, since a server before 7 takes one word only. Empty if {@code CONFIG} was renamed or is not
     * permitted.
     */
    Optional<Map<String, String>> config(String pattern) throws IOException {
        String reply = cli.ask("CONFIG", "GET", pattern);
        if (RedisCli.isError(reply)) {
            return Optional.empty();
        }
        List<String> lines = reply.lines().toList();
        var config = new LinkedHashMap<String, String>();
        for (int name = 0; name < lines.size(); name += 2) {
            config.put(lines.get(name), name + 1 < lines.size() ? lines.get(name + 1) : "");
        }
        return Optional.of(config);
    }

    /**
     * What it calls its files.
     *
     * @param info what it says of itself now
     * @param otherwise for what it does not say
     */
    FileNames names(Info info, FileNames otherwise) throws IOException {
        return otherwise.with(config(FileNames.SETTINGS).orElse(Map.of()), info.is("aof_enabled"));
    }

    /**
     * Has it save, and waits until that is done; what is running already is waited for before.
     *
     * @return what it says of itself afterwards
     */
    Info save() throws IOException, InterruptedException {
        Duration limit = cli.source().limit();
        Info before = waitUntilItRests(limit);
        Optional<String> started = Waiting.atMost(limit, () -> {
            String reply = cli.ask("BGSAVE");
            if (reply.contains("already in progress") || reply.contains("active")) {
                return Optional.empty();
            }
            return Optional.of(reply);
        });
        String reply = started.orElseThrow(() -> tooLong(limit));
        if (reply.startsWith("NOPERM")) {
            cli.require("BGSAVE");
        }
        if (!reply.contains("started")) {
            throw notSaved("it answered BGSAVE with '%s'".formatted(RedisCli.firstLine(reply)));
        }
        Info after = Waiting.atMost(
                        limit,
                        () -> Optional.of(info())
                                .filter(info -> !info.is("rdb_bgsave_in_progress")
                                        || !info.runId().equals(before.runId())))
                .orElseThrow(() -> tooLong(limit));
        if (!after.runId().equals(before.runId())) {
            throw notSaved("it was started anew while it saved");
        }
        if (!after.savedWell() || after.lastSave() < before.lastSave()) {
            throw notSaved("BGSAVE failed, as it does when its disk is full, its directory read-only, or memory short");
        }
        return after;
    }

    Info waitUntilItRests(Duration limit) throws IOException, InterruptedException {
        return Waiting.atMost(limit, () -> Optional.of(info()).filter(info -> !info.isWriting()))
                .orElseThrow(() -> tooLong(limit));
    }

    private SourceException notSaved(String why) {
        return new SourceException(
                "HF-Q32",
                "%s did not save: %s. %s Its log says why; mend it, and back it up again."
                        .formatted(cli.title(), why, cli.safe()));
    }

    private SourceException tooLong(Duration limit) {
        return new SourceException(
                "HF-Q33",
                "%s was not done with a save or rewrite after %d s. %s Raise limit in the plan, or find out what slows its disk."
                        .formatted(cli.title(), limit.toSeconds(), cli.safe()));
    }
}

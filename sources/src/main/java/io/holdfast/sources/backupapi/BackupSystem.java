package io.holdfast.sources.backupapi;

import io.holdfast.plan.RestApi;
import io.holdfast.plan.Source;
import io.holdfast.sources.component.SourceException;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The system in the words of its API: collections, backups made, read, brought back and put into effect. */
final class BackupSystem implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(BackupSystem.class);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Source.BackupApi source;
    private final RestApi api;
    private final Server server;
    private final Failures failures;

    BackupSystem(Source.BackupApi source, Server server) {
        this.source = source;
        this.api = source.api();
        this.server = server;
        this.failures = server.failures();
    }

    /**
     * A backup that the system has made.
     *
     * @param variables that mean it, with its id
     */
    record Made(
            Variables variables,
            String id,
            @Nullable String collection,
            @Nullable Long size,
            @Nullable String sha256) {}

    /** The names that the system tells; null if it tells none. */
    @Nullable
    Set<String> collections() throws SourceException, InterruptedException {
        RestApi.Listing list = api.list();
        if (list == null) {
            return null;
        }
        String what = "list the collections";
        var call = new RestApi.Call("GET", list.path(), null, null);
        JsonNode answer = server.ask(what, call, Variables.NONE, soon());
        JsonNode items = answer.at(list.items());
        if (!items.isArray()) {
            throw failures.unexpected(what, "the answer has no list at " + list.items());
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode item : items) {
            names.add(text(what, item, list.name()));
        }
        return names;
    }

    /** How many entries each has; empty if the system does not tell. */
    Map<String, Long> counts(Iterable<String> collections) throws SourceException, InterruptedException {
        Map<String, Long> counts = new LinkedHashMap<>();
        RestApi.Count count = api.count();
        if (count != null) {
            for (String collection : collections) {
                String what = "count the entries of collection '%s'".formatted(collection);
                Variables variables = Variables.NONE.with("collection", collection);
                JsonNode value =
                        server.ask(what, count.call(), variables, soon()).at(count.value());
                if (!value.isIntegralNumber()) {
                    throw failures.unexpected(what, "the answer has no number at " + count.value());
                }
                counts.put(collection, value.longValue());
            }
        }
        return counts;
    }

    /** Asks for a backup. It is not made yet: see {@link #waitFor}. */
    Made create(Variables variables, @Nullable String collection) throws SourceException, InterruptedException {
        String what = "make a backup" + (collection == null ? "" : " of collection '%s'".formatted(collection));
        JsonNode answer = server.ask(what, api.create().call(), variables, source.limit());
        requireNotFailed("HF-Q64", what, api.create().call(), answer);
        String id = text(what, answer, api.create().id());
        var made = new Made(variables.with("id", id), id, collection, null, null);
        return told(what, made, answer, api.create().size(), api.create().sha256());
    }

    /** Waits until a backup is made. */
    Made waitFor(Made made) throws SourceException, InterruptedException {
        RestApi.Wait ready = api.ready();
        if (ready == null) {
            return made;
        }
        String what = "wait for the backup " + made.id();
        JsonNode done = done("HF-Q64", what, ready, made.variables());
        return told(what, made, done, ready.size(), ready.sha256());
    }

    Download read(Made made) throws SourceException, InterruptedException {
        String what = "read the backup " + made.id();
        return new Download(
                failures,
                what,
                server.open(what, api.download().path(), made.variables()),
                source.maxSize(),
                made.size(),
                made.sha256());
    }

    /** Takes the system's own copy away, if it can be; nothing rests on it. */
    void discard(Variables variables) throws InterruptedException {
        RestApi.Call delete = api.delete();
        if (delete == null) {
            return;
        }
        try {
            server.ask("delete the system's own copy of a backup", delete, variables, soon());
        } catch (SourceException e) {
            log.warn("A backup stays on its own system, which may fill its disk: {}", e.getMessage());
        }
    }

    /** Brings a backup back; what it is called there now, if that is told, is in what comes back. */
    Variables upload(RestApi.Upload upload, Variables variables, RequestBody backup)
            throws SourceException, InterruptedException {
        String what = "upload a backup";
        JsonNode answer = server.send(what, upload.call(), variables, backup, source.limit());
        requireDone("HF-Q68", what, upload.call(), answer);
        return upload.id() == null ? variables : variables.with("id", text(what, answer, upload.id()));
    }

    /** Puts what was uploaded into effect, if that takes a call of its own. */
    void restore(Variables variables) throws SourceException, InterruptedException {
        RestApi.Call restore = api.restore();
        if (restore != null) {
            String what = "put a backup into effect";
            JsonNode answer = server.ask(what, restore, variables, source.limit());
            requireDone("HF-Q68", what, restore, answer);
        }
    }

    void waitUntilRestored(Variables variables) throws SourceException, InterruptedException {
        if (api.restored() != null) {
            done("HF-Q68", "wait until a backup is in effect", api.restored(), variables);
        }
    }

    private JsonNode done(String code, String what, RestApi.Wait wait, Variables variables)
            throws SourceException, InterruptedException {
        Deadline deadline = new Deadline(source.limit());
        while (!deadline.hasPassed()) {
            JsonNode answer = server.ask(what, wait.call(), variables, Deadline.shorter(soon(), deadline.left()));
            JsonNode item = wait.items() == null ? answer : item(what, wait, answer, variables);
            if (item != null) {
                requireNotFailed(code, what, wait.call(), item);
                RestApi.Outcome outcome = wait.call().outcome();
                if (outcome == null || outcome.done().contains(scalar(item.at(outcome.status())))) {
                    return item;
                }
            }
            deadline.pause();
        }
        throw failures.tooLate(what, "it was not done after " + source.limit().toSeconds() + " seconds");
    }

    private @Nullable JsonNode item(String what, RestApi.Wait wait, JsonNode answer, Variables variables)
            throws SourceException {
        JsonNode items = answer.at(String.valueOf(wait.items()));
        if (!items.isArray()) {
            throw failures.unexpected(what, "the answer has no list at " + wait.items());
        }
        for (JsonNode item : items) {
            String id = scalar(item.at(String.valueOf(wait.id())));
            if (!id.isEmpty() && id.equals(variables.values().get("id"))) {
                return item;
            }
        }
        return null;
    }

    private void requireNotFailed(String code, String what, RestApi.Call call, JsonNode answer) throws SourceException {
        RestApi.Outcome outcome = call.outcome();
        if (outcome != null && outcome.failed().contains(scalar(answer.at(outcome.status())))) {
            throw failures.of(code, what, "it says that it failed: " + answer, "Look at the system's log and disk.");
        }
    }

    private void requireDone(String code, String what, RestApi.Call call, JsonNode answer) throws SourceException {
        requireNotFailed(code, what, call, answer);
        RestApi.Outcome outcome = call.outcome();
        if (outcome != null
                && api.restored() == null
                && !outcome.done().contains(scalar(answer.at(outcome.status())))) {
            throw failures.of(code, what, "it does not say that it is done: " + answer, "Look at the system's log.");
        }
    }

    private Made told(String what, Made made, JsonNode answer, @Nullable String sizeAt, @Nullable String checksumAt)
            throws SourceException {
        JsonNode size = sizeAt == null ? answer.path("") : answer.at(sizeAt);
        String checksum = checksumAt == null ? "" : scalar(answer.at(checksumAt));
        String sha256 = checksum.isEmpty() ? made.sha256() : Download.checksum(checksum);
        if (!checksum.isEmpty() && sha256 == null) {
            throw failures.unexpected(what, "'%s' is no SHA-256".formatted(checksum));
        }
        return new Made(
                made.variables(),
                made.id(),
                made.collection(),
                sizeAt != null && size.isIntegralNumber() ? Long.valueOf(size.longValue()) : made.size(),
                sha256);
    }

    private String text(String what, JsonNode answer, String pointer) throws SourceException {
        String text = scalar(answer.at(pointer));
        if (text.isEmpty()) {
            throw failures.unexpected(what, "the answer has nothing at '%s'".formatted(pointer));
        }
        return text;
    }

    private static String scalar(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    /** Which collections to take, or to put back: those of the plan, else all. */
    List<String> chosen(@Nullable Set<String> known, String code, String why, String remedy) throws SourceException {
        List<String> chosen = source.collections().isEmpty()
                ? List.copyOf(known == null ? Set.of() : known)
                : List.copyOf(new LinkedHashSet<>(source.collections()));
        List<String> missing = new ArrayList<>(chosen);
        missing.removeIf(name -> known == null || known.contains(name));
        if (known != null && (!missing.isEmpty() || chosen.isEmpty())) {
            throw failures.of(
                    code,
                    "find the collections",
                    missing.isEmpty() ? "there are none" : why.formatted(String.join(", ", missing)),
                    remedy);
        }
        return chosen;
    }

    private Duration soon() {
        return Deadline.shorter(SOON, source.limit());
    }

    @Override
    public void close() {
        server.close();
    }
}

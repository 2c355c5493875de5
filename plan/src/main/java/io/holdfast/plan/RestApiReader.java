package io.holdfast.plan;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads how a system's backup API is spoken to: a name, or a mapping with one key per step. */
final class RestApiReader {

    /** The keys of each step; those of a step without keys of its own are values. */
    static final Map<String, List<String>> KEYS = keys();

    private static final Value<String> METHOD = Values.parsed(Code.BAD_VALUE, RestSyntax::method, "Write such as POST");
    private static final Value<String> POINTER = Values.parsed(
            Code.BAD_VALUE, RestSyntax::pointer, "Write the way to the value in the answer, such as /result/name");
    static final Value<String> HEADER =
            Values.parsed(Code.BAD_VALUE, RestSyntax::header, "Write such as Authorization or api-key");
    private static final Value<List<String>> TEXTS = Values.some(Values::text);

    private final Problems problems;

    private RestApiReader(Problems problems) {
        this.problems = problems;
    }

    private static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("token-header", List.of());
        keys.put("redirects", List.of());
        keys.put("list", List.of("path", "items", "name"));
        keys.put("count", List.of("method", "path", "body", "value"));
        keys.put("create", withCall("id", "size", "sha256"));
        keys.put("ready", withCall("items", "id", "size", "sha256"));
        keys.put("download", List.of("path", "file-name"));
        keys.put("delete", List.of("method", "path", "body"));
        keys.put("upload", withCall("form", "id"));
        keys.put("restore", withCall());
        keys.put("restored", withCall("items", "id"));
        return keys;
    }

    private static List<String> withCall(String... more) {
        List<String> keys = new ArrayList<>(List.of("method", "path", "body", "status", "done", "failed"));
        keys.addAll(List.of(more));
        return List.copyOf(keys);
    }

    /** Null if something is wrong with it, which is reported. */
    static @Nullable RestApi read(Located at, Problems problems) {
        if (at.node() instanceof ScalarNode) {
            return Values.parsed(Code.BAD_VALUE, RestApiReader::known, "Name one, or describe it: see the plan's guide")
                    .read(at, problems);
        }
        return Fields.of(at, List.copyOf(KEYS.keySet()), problems)
                .map(new RestApiReader(problems)::api)
                .orElse(null);
    }

    private static RestApi known(String name) {
        Names.require(
                RestApis.NAMES.contains(name),
                "'%s' is none of the APIs that are known by name: %s",
                Values.shown(name),
                String.join(", ", RestApis.NAMES));
        return RestApis.named(name);
    }

    private @Nullable RestApi api(Fields fields) {
        int before = problems.size();
        String header = fields.optional("token-header", HEADER, RestApi.AUTHORIZATION);
        List<URI> redirects = fields.optional("redirects", Values.list(Values.URL), List.of());
        RestApi.Listing list = fields.optional("list", step("list", this::list));
        RestApi.Count count = fields.optional("count", step("count", this::count));
        RestApi.Create create = fields.required("create", "{path: /backups, id: /id}", step("create", this::create));
        RestApi.Wait ready = fields.optional("ready", step("ready", this::waiting));
        RestApi.Download download = fields.required(
                "download", "{path: \"/backups/{id}\", file-name: backup.tar}", step("download", this::download));
        RestApi.Call delete = fields.optional("delete", step("delete", this::delete));
        RestApi.Upload upload = fields.optional("upload", step("upload", this::upload));
        RestApi.Call restore = fields.optional("restore", step("restore", step -> call(step, "POST")));
        RestApi.Wait restored = fields.optional("restored", step("restored", this::waiting));
        if (create == null || download == null || problems.size() > before) {
            return null;
        }
        RestApi api =
                new RestApi(header, redirects, list, count, create, ready, download, delete, upload, restore, restored);
        RestApiChecks.check(api, fields, problems);
        return problems.size() > before ? null : api;
    }

    private interface Step<T> {
        @Nullable
        T read(Fields fields);
    }

    private <T> Value<T> step(String name, Step<T> reader) {
        List<String> keys = KEYS.getOrDefault(name, List.of());
        return (at, found) -> {
            Fields fields = Fields.of(at, keys, found).orElse(null);
            return fields == null ? null : reader.read(fields);
        };
    }

    private RestApi.@Nullable Listing list(Fields step) {
        Template path = path(step);
        String items = step.required("items", "/collections", POINTER);
        String name = step.optional("name", POINTER, "");
        return path == null || items == null ? null : new RestApi.Listing(path, items, name);
    }

    private RestApi.@Nullable Count count(Fields step) {
        RestApi.Call call = call(step, "GET");
        String value = step.required("value", "/count", POINTER);
        return call == null || value == null ? null : new RestApi.Count(call, value);
    }

    private RestApi.@Nullable Create create(Fields step) {
        RestApi.Call call = call(step, "POST");
        String id = step.required("id", "/id", POINTER);
        String size = step.optional("size", POINTER);
        String sha256 = step.optional("sha256", POINTER);
        return call == null || id == null ? null : new RestApi.Create(call, id, size, sha256);
    }

    private RestApi.@Nullable Wait waiting(Fields step) {
        RestApi.Call call = call(step, "GET");
        String items = step.optional("items", POINTER);
        String id = step.optional("id", POINTER);
        String size = step.optional("size", POINTER);
        String sha256 = step.optional("sha256", POINTER);
        if (step.has("items") != step.has("id")) {
            problems.add(
                    Code.CONTRADICTION,
                    step.at(),
                    "items and id belong together: the element counts whose id is that of the backup",
                    "Give both, or neither");
            return null;
        }
        return call == null || (items == null) != (id == null) ? null : new RestApi.Wait(call, items, id, size, sha256);
    }

    private RestApi.@Nullable Download download(Fields step) {
        Template path = path(step);
        Template name = step.optional(
                "file-name", Values.parsed(Code.BAD_VALUE, RestApiReader::fileName, "Write a name without slashes"));
        if (path == null || (name == null && step.has("file-name"))) {
            return null;
        }
        return new RestApi.Download(path, name == null ? new Template("backup") : name);
    }

    private static Template fileName(String text) {
        SourceChecks.fileName(text);
        return new Template(text);
    }

    private RestApi.@Nullable Call delete(Fields step) {
        return call(step, "DELETE");
    }

    private RestApi.@Nullable Upload upload(Fields step) {
        RestApi.Call call = call(step, "POST");
        String form = step.optional("form", HEADER);
        String id = step.optional("id", POINTER);
        if (call != null && call.body() != null) {
            problems.add(
                    Code.CONTRADICTION, step.at("body"), "an upload's body is the backup", "Take the key body out");
            return null;
        }
        return call == null ? null : new RestApi.Upload(call, form, id);
    }

    private RestApi.@Nullable Call call(Fields step, String usualMethod) {
        String method = step.optional("method", METHOD, usualMethod);
        Template path = path(step);
        int before = problems.size();
        RestApi.Outcome outcome = outcome(step);
        var body = step.optional("body", BodyReader::read);
        return path == null || problems.size() > before ? null : new RestApi.Call(method, path, body, outcome);
    }

    private @Nullable Template path(Fields step) {
        return step.required(
                "path",
                "/path/of/the/call",
                Values.parsed(
                        Code.BAD_VALUE,
                        text -> new Template(RestSyntax.path(text)),
                        "Write the path from the system's URL on, with variables such as {id}, in quotes"));
    }

    private RestApi.@Nullable Outcome outcome(Fields step) {
        String status = step.optional("status", POINTER);
        List<String> done = step.optional("done", TEXTS, List.of());
        List<String> failed = step.optional("failed", Values.list(Values::text), List.of());
        if (step.has("status") && step.has("done")) {
            return status == null || done.isEmpty() ? null : new RestApi.Outcome(status, done, failed);
        }
        if (step.has("status") || step.has("done") || step.has("failed")) {
            problems.add(
                    Code.MISSING,
                    step.at(),
                    "status and done belong together: where the answer tells, and what it says when all went well",
                    "Add what is missing, such as status: /status and done: [completed]");
        }
        return null;
    }
}

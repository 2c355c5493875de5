package io.holdfast.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the steps of an API must not say about one another. */
final class RestApiChecks {

    /** All there are: the new backup's name, the system's id for it, collections, and the bytes of what is uploaded. */
    static final Set<String> VARIABLES = Set.of("name", "id", "collection", "collections", "size", "sha256");

    private final RestApi api;
    private final Fields fields;
    private final Problems problems;

    private RestApiChecks(RestApi api, Fields fields, Problems problems) {
        this.api = api;
        this.fields = fields;
        this.problems = problems;
    }

    static void check(RestApi api, Fields fields, Problems problems) {
        new RestApiChecks(api, fields, problems).check();
    }

    private void check() {
        if (api.list() != null) {
            path("list", api.list().path(), Set.of());
        }
        if (api.count() != null) {
            call("count", api.count().call(), Set.of("collection"));
        }
        Set<String> which = api.perCollection() ? Set.of("collection") : Set.of("collections");
        call("create", api.create().call(), with(which, "name"));
        waiting("ready", api.ready(), with(which, "name", "id"));
        path("download", api.download().path(), with(which, "name", "id"));
        path("download", api.download().fileName(), with(which, "name", "id"));
        call("delete", api.delete(), with(which, "name", "id"));
        if (api.upload() != null) {
            call("upload", api.upload().call(), with(which, "name", "size", "sha256"));
            boolean named = api.upload().id() != null;
            Set<String> afterwards = named ? with(which, "name", "id") : with(which, "name");
            call("restore", api.restore(), afterwards);
            waiting("restored", api.restored(), afterwards);
        } else if (api.restore() != null || api.restored() != null) {
            problems.add(
                    Code.MISSING,
                    fields.at(api.restore() != null ? "restore" : "restored"),
                    "a backup must be uploaded before it is put into effect: the system's own copy may be gone",
                    "Add the key upload, or take this one out");
        }
        if (api.perCollection() && !api.download().fileName().variables().contains("collection")) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at("download"),
                    "the backups of all collections would have one file name",
                    "Add file-name: \"{collection}.backup\"");
        }
    }

    private static Set<String> with(Set<String> which, String... more) {
        List<String> all = new ArrayList<>(which);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    private void waiting(String step, RestApi.@Nullable Wait wait, Set<String> known) {
        if (wait == null) {
            return;
        }
        call(step, wait.call(), known);
        if (wait.items() == null && wait.call().outcome() == null) {
            problems.add(
                    Code.MISSING,
                    fields.at(step),
                    "nothing says when there is no need to wait any longer",
                    "Add status and done, or items and id");
        }
    }

    private void call(String step, RestApi.@Nullable Call call, Set<String> known) {
        if (call == null) {
            return;
        }
        path(step, call.path(), known);
        if (call.body() != null) {
            body(step, call.body(), known);
        }
    }

    private void path(String step, Template path, Set<String> known) {
        variables(step, path, known);
        if (path.variables().contains("collections")) {
            problems.add(
                    Code.CONTRADICTION,
                    fields.at(step),
                    "a list of collections cannot stand in a path or a name",
                    "Put it into the body");
        }
    }

    private void body(String step, JsonNode body, Set<String> known) {
        if (body.isString()) {
            Template text = new Template(body.stringValue());
            variables(step, text, known);
            if (text.variables().contains("collections") && !text.text().equals("{collections}")) {
                problems.add(
                        Code.CONTRADICTION,
                        fields.at(step),
                        "a list of collections cannot be a part of a text",
                        "Write \"{collections}\" and nothing else");
            }
        }
        body.forEach(element -> body(step, element, known));
    }

    private void variables(String step, Template template, Set<String> known) {
        for (String variable : template.variables()) {
            if (!known.contains(variable)) {
                problems.add(
                        Code.UNKNOWN_REFERENCE,
                        fields.at(step),
                        "%s does not know {%s}".formatted(step, variable),
                        remedy(step, variable, known));
            }
        }
    }

    private static String remedy(String step, String variable, Set<String> known) {
        if (variable.equals("id") && step.startsWith("restore")) {
            return "Add to upload where its answer tells the id, such as id: /id";
        }
        return Suggestion.remedy(variable, known.stream().sorted().toList());
    }
}

package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** What a console's answers mean. */
final class Answers {

    private Answers() {}

    /** The body of a good answer. */
    static JsonNode of(HttpRequest request, HttpResponse<byte[]> response) {
        JsonNode body;
        try {
            body = Json.tree(response.body());
        } catch (IllegalArgumentException e) {
            throw strange(request, response).causedBy(e);
        }
        if (response.statusCode() / 100 == 2 && body.isObject()) {
            return body;
        }
        String code = body.path("code").asString("");
        if (code.isEmpty()) {
            throw strange(request, response);
        }
        String detail = body.path("detail").asString(body.path("title").asString(""));
        throw new ConsoleRefusal(response.statusCode(), code, detail, body);
    }

    private static CliException strange(HttpRequest request, HttpResponse<byte[]> response) {
        return Code.STRANGE_ANSWER.because(
                "What answers %s %s with status %d is no console of Holdfast, or one of another version. Nothing is known to have changed. Check the address."
                        .formatted(request.method(), request.uri(), response.statusCode()));
    }
}

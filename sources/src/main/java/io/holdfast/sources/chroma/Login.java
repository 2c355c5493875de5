package io.holdfast.sources.chroma;

import io.holdfast.plan.RestApi;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import java.net.http.HttpRequest;
import java.util.Objects;

/**
 * What a server asks of whoever asks it.
 *
 * @param header carries the token
 * @param token empty: none is asked for
 */
record Login(String header, String token) {

    static final Login NONE = new Login(RestApi.AUTHORIZATION, "");

    /** Fetches the token that the plan refers to. */
    static Login of(Source.ChromaDb source, Host host) throws SourceException {
        SecretReference token = source.token();
        return token == null
                ? NONE
                : new Login(
                        Objects.requireNonNullElse(source.tokenHeader(), RestApi.AUTHORIZATION),
                        host.secret(token).value());
    }

    /** @throws ChromaFailure HF-Q51 for a token that no header can carry */
    void addTo(HttpRequest.Builder request) throws ChromaFailure {
        if (token.isEmpty()) {
            return;
        }
        if (!token.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new ChromaFailure(
                    "HF-Q51",
                    "ChromaDB was not asked for anything: its token has characters that no header can carry.",
                    "Put the token right.");
        }
        request.header(header, header.equalsIgnoreCase(RestApi.AUTHORIZATION) ? "Bearer " + token : token);
    }

    /** Without the token, should an answer repeat it. */
    String hiddenIn(String text) {
        return token.isEmpty() ? text : text.replace(token, "***");
    }

    @Override
    public String toString() {
        return "Login[%s]".formatted(header);
    }
}

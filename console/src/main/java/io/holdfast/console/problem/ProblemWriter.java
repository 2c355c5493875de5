package io.holdfast.console.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServletServerHttpResponse;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem details where no controller is in reach. */
public final class ProblemWriter {

    private final HttpMessageConverter<Object> converter;

    public ProblemWriter(JsonMapper mapper) {
        this.converter = new JacksonJsonHttpMessageConverter(mapper);
    }

    public void write(HttpStatus status, Code code, String text, String path, HttpServletResponse response)
            throws IOException {
        ProblemDetail detail = ConsoleProblem.of(status, code, text);
        detail.setInstance(instance(path));
        response.setStatus(status.value());
        converter.write(detail, MediaType.APPLICATION_PROBLEM_JSON, new ServletServerHttpResponse(response));
    }

    public void write(
            HttpStatus status, Code code, String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(status, code, text, request.getRequestURI(), response);
    }

    /** For what no code of ours refused, or failed at: of it only the status is known. */
    void writeRefusal(HttpStatus status, String path, HttpServletResponse response) throws IOException {
        boolean theirs = status.is4xxClientError();
        write(
                status,
                theirs ? Code.UNREADABLE_REQUEST : Code.INTERNAL,
                theirs
                        ? "The request was refused: %s. Nothing was changed.".formatted(status.getReasonPhrase())
                        : "The console made a mistake; its log says more. Every backup in vaults and regions is safe.",
                path,
                response);
    }

    private static @Nullable URI instance(String path) {
        try {
            return new URI(path);
        } catch (URISyntaxException _) {
            return null;
        }
    }
}

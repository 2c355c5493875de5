package io.holdfast.console.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Why a request is not carried out, for an operator: what failed, on what, why, what is safe, what to do. */
public final class ConsoleProblem extends RuntimeException {

    private final HttpStatus status;
    private final Code code;
    private final Map<String, Object> more = new LinkedHashMap<>();

    public ConsoleProblem(HttpStatus status, Code code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** The same problem, with one more member in the answer. */
    public ConsoleProblem with(String name, Object value) {
        more.put(name, value);
        return this;
    }

    public ConsoleProblem causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public HttpStatus status() {
        return status;
    }

    /** The answer as RFC 9457 has it. */
    public ProblemDetail toDetail() {
        ProblemDetail detail = of(status, code, getMessage());
        more.forEach(detail::setProperty);
        return detail;
    }

    static ProblemDetail of(HttpStatus status, Code code, @Nullable String text) {
        ProblemDetail detail = new OrderedProblem(status);
        detail.setTitle(code.title());
        detail.setDetail(text);
        detail.setProperty("code", code.wire());
        return detail;
    }
}

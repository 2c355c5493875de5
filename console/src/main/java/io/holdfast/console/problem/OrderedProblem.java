package io.holdfast.console.problem;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Problem details whose members come in the order of RFC 9457, and what it does not know after them. */
@JsonPropertyOrder({"type", "title", "status", "detail", "instance"})
final class OrderedProblem extends ProblemDetail {

    private static final long serialVersionUID = 1L;

    OrderedProblem(HttpStatus status) {
        super(status.value());
    }
}

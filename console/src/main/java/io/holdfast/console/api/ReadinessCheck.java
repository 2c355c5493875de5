package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.view.Readiness;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/** Answers nothing from views that have not seen everything yet: "no backups" would be a lie. */
final class ReadinessCheck implements HandlerInterceptor {

    private final Readiness readiness;
    private final Duration patience;

    ReadinessCheck(Readiness readiness, Duration patience) {
        this.readiness = readiness;
        this.patience = patience;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!readiness.await(patience)) {
            throw new ConsoleProblem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    Code.NOT_READY,
                    "The console is still reading the topics, or the broker does not answer. Every backup in vaults and"
                            + " regions is safe, and nothing was changed. Ask again in a moment; if it stays, see"
                            + " whether the broker runs. Without one, 'holdfast vault restore' reads a vault or"
                            + " region directly.");
        }
        return true;
    }
}

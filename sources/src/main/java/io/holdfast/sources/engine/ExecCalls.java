package io.holdfast.sources.engine;

import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectExecResponse;
import io.holdfast.sources.engine.EngineException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Commands in containers, as the engine API has them: create, start, ask how it ended. */
final class ExecCalls {

    /** Tells a command and all that it started from other processes of the container. */
    private static final String MARK = "HOLDFAST_EXEC";

    /** Twice, since what is to be killed may start more meanwhile. */
    private static final String KILL = "for round in 1 2; do for each in /proc/[0-9]*; do"
            + " if grep -qs \"$0\" \"$each/environ\"; then kill -9 \"${each#/proc/}\"; fi; done; done 2>/dev/null; :";

    private static final Duration KILLING = Duration.ofSeconds(30);
    private static final int MOST_OF_A_HEAD = 16 * 1024;
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final EngineCalls calls;

    ExecCalls(EngineCalls calls) {
        this.calls = calls;
    }

    Exec start(ContainerId container, ExecSpec spec, boolean stdin) throws EngineException {
        String mark = MARK + "=" + UUID.randomUUID();
        String what = "run %s in container %s".formatted(Printable.of(spec.program()), container);
        String id = calls.call(what, Reason.NO_SUCH_CONTAINER, client -> {
            List<String> environment = new ArrayList<>();
            spec.environment().forEach((name, value) -> environment.add(name + "=" + value));
            environment.add(mark);
            ExecCreateCmd create = client.execCreateCmd(container.hex())
                    .withAttachStdin(stdin)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withTty(false)
                    .withEnv(environment)
                    .withCmd(spec.argv().toArray(String[]::new));
            if (spec.user() != null) {
                create.withUser(spec.user());
            }
            if (spec.directory() != null) {
                create.withWorkingDir(spec.directory());
            }
            return create.exec().getId();
        });
        Duplex connection = calls.call(what, Reason.NO_SUCH_CONTAINER, _ -> connect(what, id));
        return new Exec(this, container, id, mark, connection, stdin, calls.failures());
    }

    private Duplex connect(String what, String id) throws IOException {
        Duplex connection = Duplex.open(calls.address());
        try {
            start(connection.out(), id);
            String head = head(connection.in());
            int status = status(head);
            if (status != 101) {
                throw status == 200
                        ? new EngineException(
                                Reason.DENIED,
                                "Cannot %s on %s: what stands in front of the engine passes no 'Upgrade: tcp' on"
                                        .formatted(what, calls.address()))
                        : calls.failures()
                                .answered(what, Reason.NO_SUCH_CONTAINER, status, Failures.body(connection.in()));
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void start(OutputStream out, String id) throws IOException {
        EngineAddress address = calls.address();
        String body = "{\"Detach\":false,\"Tty\":false}";
        String request = """
                POST %s/exec/%s/start HTTP/1.1
                Host: %s
                Content-Type: application/json
                Content-Length: %d
                Connection: Upgrade
                Upgrade: tcp

                %s""".formatted(
                        address.prefix(),
                        id,
                        address.isTcp() ? address.uri().getAuthority() : "localhost",
                        body.length(),
                        body);
        out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0 || head.size() > MOST_OF_A_HEAD) {
                throw new Inspection.MalformedAnswer("no HTTP");
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int status(String head) throws IOException {
        if (!head.matches("(?s)HTTP/1\\.[01] \\d{3}.*")) {
            throw new Inspection.MalformedAnswer("no HTTP");
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    int exitStatus(String id, Duration patience) throws EngineException {
        String what = "ask how a command ended";
        long deadline = System.nanoTime() + patience.toNanos();
        for (Duration pause = FIRST_LOOK; ; pause = longer(pause)) {
            InspectExecResponse answer = calls.call(
                    what, Reason.LOST, client -> client.inspectExecCmd(id).exec());
            Long status = answer.getExitCodeLong();
            if (!Boolean.TRUE.equals(answer.isRunning()) && status != null) {
                return status.intValue();
            }
            if (System.nanoTime() > deadline) {
                throw calls.failures().lost(what, "it still runs after %d ms".formatted(patience.toMillis()));
            }
            pause(what, pause);
        }
    }

    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LOOK) < 0 ? twice : LOOK;
    }

    static void pause(String what, Duration pause) throws EngineException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            throw Failures.interrupted(what);
        }
    }

    void kill(ContainerId container, String mark) throws EngineException {
        ExecSpec spec = new ExecSpec(List.of("sh", "-c", KILL, mark), java.util.Map.of(), "0", null);
        Exec killer = start(container, spec, false);
        try {
            killer.stdout().readAllBytes();
            killer.await(KILLING);
        } catch (IOException e) {
            throw failed("kill a command in container " + container, e);
        }
    }

    EngineException failed(String what, IOException failure) {
        return Thread.currentThread().isInterrupted()
                ? Failures.interrupted(what)
                : failure instanceof EngineException known
                        ? known
                        : calls.failures().lost(what, String.valueOf(failure.getMessage()), failure);
    }
}

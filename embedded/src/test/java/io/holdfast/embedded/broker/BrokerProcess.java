package io.holdfast.embedded.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, which a test can kill. */
final class BrokerProcess {

    static final String TOPIC = "events";
    static final int RECORDS = 20;
    private static final String READY = "ready";

    private BrokerProcess() {}

    static Process start(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static void awaitReady(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.equals(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the broker's process ended early");
        }
    }

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(Path.of(args[0])));
        broker.start();
        EmbeddedBrokerIT.createTopic(broker);
        for (int i = 0; i < RECORDS; i++) {
            EmbeddedBrokerIT.send(broker, "record " + i);
        }
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}

package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes one stack through a disaster: backs it up while clients write, wrecks it, puts it back, and compares. */
final class Rescue {

    private static final long CLIENTS_WRITE_EVERY_MS = 300;

    interface Contents {
        SortedMap<String, String> look() throws Exception;
    }

    interface Client {
        /** Adds what has not been there yet. */
        void write(int number) throws Exception;
    }

    interface Wreck {
        void happen() throws Exception;
    }

    /** Something of a stack that has contents of its own. */
    record Part(Contents contents, Client client, Wreck wreck) {}

    private final Console console;
    private final ExamplePlan plan;
    private final Map<String, Part> parts = new TreeMap<>();

    Rescue(Console console, ExamplePlan plan) {
        this.console = console;
        this.plan = plan;
    }

    Rescue of(String name, Part part) {
        parts.put(name, part);
        return this;
    }

    /**
     * Goes through all of it.
     *
     * @param region to restore from; null: the site's own vault
     * @return the backup
     */
    String succeeds(@Nullable String region) throws Exception {
        Map<String, String> filled = contents();
        console.replacePlan(plan.text());
        String backup = backUpWhileClientsWrite();
        Map<String, String> written = contents();
        assertThat(written).containsAllEntriesOf(filled).hasSizeGreaterThan(filled.size());
        for (Part part : parts.values()) {
            part.wreck().happen();
        }
        for (var part : parts.entrySet()) {
            assertThat(part.getValue().contents().look())
                    .as("%s is wrecked", part.getKey())
                    .isNotEqualTo(of(part.getKey(), written));
        }
        restore(backup, region);
        Map<String, String> restored = contents();
        assertThat(restored).as("what was there before").containsAllEntriesOf(filled);
        assertThat(written).as("what clients had written by then").containsAllEntriesOf(restored);
        return backup;
    }

    private String backUpWhileClientsWrite() throws InterruptedException {
        var clients = new ArrayList<ScheduledExecutorService>();
        var allHaveWritten = new CountDownLatch(parts.size());
        for (Part part : parts.values()) {
            var client = Executors.newSingleThreadScheduledExecutor();
            var number = new AtomicInteger();
            var hasWritten = new AtomicBoolean();
            Future<?> _ = client.scheduleWithFixedDelay(
                    () -> {
                        try {
                            part.client().write(number.incrementAndGet());
                            if (!hasWritten.getAndSet(true)) {
                                allHaveWritten.countDown();
                            }
                        } catch (Exception _) {
                            // Nobody answers while its server is stopped.
                        }
                    },
                    0,
                    CLIENTS_WRITE_EVERY_MS,
                    TimeUnit.MILLISECONDS);
            clients.add(client);
        }
        try {
            assertThat(allHaveWritten.await(1, TimeUnit.MINUTES)).isTrue();
            String backup = console.backUp("before-the-disaster");
            var places = new ArrayList<>(List.of("vault"));
            places.addAll(plan.regions());
            console.awaitBackup(backup, places.toArray(String[]::new));
            return backup;
        } finally {
            clients.forEach(ScheduledExecutorService::close);
        }
    }

    private void restore(String backup, @Nullable String region) {
        var body = new HashMap<String, Object>(Map.of("backup_id", backup, "reason", "a disaster"));
        if (region != null) {
            body.put("from_region", region);
        }
        JsonNode restore = console.awaitRestore(console.restore(body));
        assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
    }

    /** Of all parts, each thing's name with that of its part before it. */
    private Map<String, String> contents() throws Exception {
        var all = new TreeMap<String, String>();
        for (var part : parts.entrySet()) {
            part.getValue().contents().look().forEach((name, value) -> all.put(part.getKey() + ": " + name, value));
        }
        return all;
    }

    private static Map<String, String> of(String part, Map<String, String> all) {
        var own = new TreeMap<String, String>();
        all.forEach((name, value) -> {
            if (name.startsWith(part + ": ")) {
                own.put(name.substring(part.length() + 2), value);
            }
        });
        return own;
    }
}

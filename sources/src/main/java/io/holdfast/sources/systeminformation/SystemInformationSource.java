package io.holdfast.sources.systeminformation;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.WayBack;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Facts about the host at the time of the backup, as files of text. What the host lacks is said there and fails nothing.
 * There is no way back: facts are for reading.
 */
public final class SystemInformationSource implements ComponentSource {

    private static final String WHY_NAMES_ONLY =
            "Of processes only the names are shown: their arguments and environment may hold passwords.\n\n";

    private final Source.SystemInformation source;
    private final String at;
    private final Host host;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public SystemInformationSource(Source.SystemInformation source, String at, Host host) {
        this.source = source;
        this.at = at;
        this.host = host;
    }

    @Override
    public Capture capture() {
        return new FactsCapture();
    }

    @Override
    public Content salvage() throws IOException {
        return new Content(gather(), List.of());
    }

    @Override
    public WayBack wayBack() {
        return new NoWayBack();
    }

    @Override
    public String byHand() {
        return "There is nothing to put back: DIRECTORY%s tells how the host was.".formatted(at);
    }

    private List<Root> gather() throws IOException {
        List<Root> roots = new ArrayList<>();
        for (Map.Entry<String, List<Probe>> page :
                Pages.of(source, host.docker()).entrySet()) {
            StringBuilder text = new StringBuilder(page.getKey().equals("processes.txt") ? WHY_NAMES_ONLY : "");
            for (Probe probe : page.getValue()) {
                text.append(
                        "%s%n%s%n%n".formatted(probe.title(), probe.text(host).stripTrailing()));
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("stopped while looking at the host");
                }
            }
            roots.add(
                    new Root.Generated(at + "/" + page.getKey(), text.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return roots;
    }

    private final class FactsCapture implements Capture {

        private List<Root> roots = List.of();

        @Override
        public List<String> inspect() throws IOException {
            roots = gather();
            return List.of();
        }

        @Override
        public Content read() {
            return new Content(roots, List.of());
        }
    }

    private static final class NoWayBack implements WayBack {

        @Override
        public String target() {
            return "nowhere: facts about the host are for reading";
        }

        @Override
        public Restored put(SnapshotFiles files) {
            return Restored.NOTHING;
        }
    }
}

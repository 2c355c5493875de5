package io.holdfast.sources.configuration;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.vault.backup.Root;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The crontabs of users. A user who has none is no failure, and keeps what is there on the way back. */
final class Crontabs implements Part {

    private static final String DIRECTORY = GENERATED + "/crontabs";
    private static final String NONE = "no crontab for";

    private final List<String> users;
    private final String at;
    private final Programs programs;

    /** @param at the component's place in its snapshots */
    Crontabs(List<String> users, String at, Programs programs) {
        this.users = users;
        this.at = at;
        this.programs = programs;
    }

    @Override
    public String name() {
        return "crontabs";
    }

    @Override
    public Gathered gather() throws IOException {
        List<Root> roots = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String user : users) {
            Optional<byte[]> crontab = crontab(user);
            crontab.ifPresent(text -> roots.add(new Root.Generated(at + DIRECTORY + "/" + user, text)));
            notes.add(
                    crontab.isPresent()
                            ? "crontab of %s: crontabs/%s; by hand: crontab -u %s FILE".formatted(user, user, user)
                            : "crontab of %s: none".formatted(user));
        }
        return new Gathered(roots, notes);
    }

    private Optional<byte[]> crontab(String user) throws IOException {
        try {
            return Optional.of(programs.ask(programs.crontab(), "-u", user, "-l"));
        } catch (CommandFailed e) {
            if (e.reason() == CommandFailed.Reason.STATUS && e.stderr().contains(NONE)) {
                return Optional.empty();
            }
            throw new SourceException(
                    "HF-Q70",
                    "Cannot read the crontab of %s: %s. Nothing was captured; earlier snapshots are safe. Let the worker run as root on the host, or take the user out of the plan."
                            .formatted(user, Programs.why(e)),
                    e);
        }
    }

    @Override
    public void apply(SnapshotFiles files) throws IOException {
        for (String user : captured(files)) {
            programs.tell(content(files, user), programs.crontab(), "-u", user, "-");
        }
    }

    @Override
    public void validate(SnapshotFiles files) throws IOException {
        for (String user : captured(files)) {
            Optional<byte[]> now = crontab(user);
            if (now.isEmpty() || !Arrays.equals(now.get(), content(files, user))) {
                throw new SourceException(
                        "HF-Q74",
                        "The crontab of %s is not the one of the snapshot, though it was installed. The files are back in place. Install generated/crontabs/%s by hand, and see who else writes it."
                                .formatted(user, user));
            }
        }
    }

    private List<String> captured(SnapshotFiles files) throws IOException {
        List<String> held = files.children(DIRECTORY);
        return users.stream().filter(held::contains).toList();
    }

    private static byte[] content(SnapshotFiles files, String user) throws IOException {
        var content = new ByteArrayOutputStream();
        files.dump(DIRECTORY + "/" + user, content);
        return content.toByteArray();
    }
}

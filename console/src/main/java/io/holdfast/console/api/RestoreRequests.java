package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.settings.ConsoleSettings;
import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.Restore;
import io.holdfast.console.view.RestoresView;
import io.holdfast.events.Identifiers;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreId;
import io.holdfast.events.Topics;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Asks sites for restores. */
final class RestoreRequests {

    private static final String ACT = "restore";
    private static final String REASON = "requested over REST";
    private static final Pattern VOLUME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}");
    private static final int LONGEST_PATH = 4096;

    private final Backups backups;
    private final RestoreTargets targets;
    private final PlanView plan;
    private final RestoresView view;
    private final Acts acts;
    private final Idempotency idempotency;
    private final ConsoleSettings settings;
    private final Clock clock;

    RestoreRequests(
            Backups backups,
            PlanView plan,
            RestoresView view,
            Acts acts,
            Idempotency idempotency,
            ConsoleSettings settings,
            Clock clock) {
        this.backups = backups;
        this.targets = new RestoreTargets(backups, clock);
        this.plan = plan;
        this.view = view;
        this.acts = acts;
        this.idempotency = idempotency;
        this.settings = settings;
        this.clock = clock;
    }

    /** Asks, unless it was asked before under the same key; returns the restore's id. */
    String ask(RestoreBackup body, Caller caller, @Nullable String key) {
        if (key == null) {
            String token = Identifiers.derived(UUID.randomUUID().toString());
            Idempotency.Deed deed = deed(body, caller, token);
            deed.publish().run();
            return deed.id();
        }
        String token = Idempotency.token(ACT, caller, key);
        return idempotency.once(token, body, () -> earlier(token).orElseGet(() -> deed(body, caller, token)));
    }

    private Optional<Idempotency.Deed> earlier(String token) {
        return view.byId(id(token).value()).map(Restore::id).map(id -> new Idempotency.Deed(id.value(), () -> {}));
    }

    private static RestoreId id(String token) {
        return new RestoreId("restore-" + token);
    }

    private Idempotency.Deed deed(RestoreBackup body, Caller caller, String token) {
        RestoreTargets.Target target = targets.of(body);
        String directory = directory(Checks.filled("target_directory", body.targetDirectory()));
        String volume = volume(body, target.choice());
        String region = region(Checks.filled("from_region", body.fromRegion()));
        String reason = Checks.text("reason", body.reason());
        String site = backups.siteOf(target.choice().stack());
        Instant now = clock.instant();
        RestoreId id = id(token);
        var request = new RestoreRequested(
                id,
                target.choice().stack(),
                target.choice().components(),
                target.which(),
                target.at(),
                directory,
                volume,
                region,
                caller.name(),
                reason == null ? REASON : reason,
                now.plus(settings.requestsExpireAfter()));
        return new Idempotency.Deed(
                id.value(),
                acts.act(
                        caller,
                        ACT,
                        "%s of %s from %s".formatted(id, request.stack(), request.which()),
                        request.reason(),
                        Topics.requests(site),
                        request,
                        view::on));
    }

    private static @Nullable String directory(@Nullable String directory) {
        if (directory == null) {
            return null;
        }
        try {
            Path path = Path.of(directory);
            if (path.isAbsolute() && path.equals(path.normalize()) && directory.length() <= LONGEST_PATH) {
                return path.toString();
            }
        } catch (InvalidPathException _) {
            // said below
        }
        throw Checks.invalid(
                "The target directory '%s' must be an absolute path at the site of at most %d characters, without '.' or '..'."
                        .formatted(directory, LONGEST_PATH));
    }

    private static @Nullable String volume(RestoreBackup body, Choice choice) {
        String volume = Checks.filled("target_volume", body.targetVolume());
        if (volume == null) {
            return null;
        }
        if (body.targetDirectory() != null) {
            throw Checks.invalid("Give a target directory or a target volume, not both.");
        }
        if (choice.components().size() != 1) {
            throw Checks.invalid(
                    "A volume takes the data of one component. Name the one in 'collections', or restore into a directory.");
        }
        if (!VOLUME.matcher(volume).matches()) {
            throw Checks.invalid("'%s' is not the name of a volume.".formatted(volume));
        }
        return volume;
    }

    private @Nullable String region(@Nullable String region) {
        if (region == null) {
            return null;
        }
        var regions = plan.regions();
        if (!regions.contains(region)) {
            throw new ConsoleProblem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    Code.UNKNOWN_REGION,
                    "There is no region '%s'; the plan has %s. Nothing was changed. Without 'from_region' the site's own vault is read."
                            .formatted(region, regions));
        }
        return region;
    }
}

package io.holdfast.standalone;

import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.regions.RegionSettings;
import io.holdfast.plan.Location;
import io.holdfast.plan.Mail;
import io.holdfast.plan.Plan;
import io.holdfast.plan.Region;
import io.holdfast.plan.SecretReference;
import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The two S3 regions and the mail server that the starter plan speaks of, at addresses that stay the same. */
record DemoPlaces(List<DemoRegion> regions, int mailPort) {

    /**
     * One embedded region.
     *
     * @param accessKey file of mode 600
     * @param secretKey file of mode 600
     */
    record DemoRegion(String name, int port, Path accessKey, Path secretKey) {

        URI endpoint() {
            return URI.create("http://" + LoopbackPorts.HOST + ":" + port);
        }

        Location location() {
            return new Location.S3(endpoint(), bucket(), "");
        }

        SecretReference accessKeyReference() {
            return new SecretReference.File(accessKey);
        }

        SecretReference secretKeyReference() {
            return new SecretReference.File(secretKey);
        }

        RegionSettings settings(DataDirectory data) throws UpProblem {
            try {
                return new RegionSettings(
                        name,
                        data.of("regions").resolve(name),
                        port,
                        bucket(),
                        Files.readString(accessKey).strip(),
                        Files.readString(secretKey).strip());
            } catch (IOException e) {
                throw new UpProblem(
                        "HF-S34",
                        "Cannot read the keys of region %s: %s. Nothing was started, and every backup is safe. Make them readable for this user, or bring them back, then start again."
                                .formatted(name, Problem.reason(e)));
            }
        }

        private String bucket() {
            return "holdfast-" + name;
        }
    }

    /** Whether a plan's region is this one. */
    private static boolean isAt(Region planned, DemoRegion region) {
        return planned.location() instanceof Location.S3 s3 && s3.endpoint().equals(region.endpoint());
    }

    /** Those that a plan copies to. */
    List<DemoRegion> regionsOf(Plan plan) {
        return regions.stream()
                .filter(region -> plan.regions().stream().anyMatch(planned -> isAt(planned, region)))
                .toList();
    }

    /** Whether a plan hands its mail to the mail server here. */
    boolean catchMailOf(Plan plan) {
        Mail mail = plan.mail();
        return mail != null && mail.host().equals(LoopbackPorts.HOST) && mail.port() == mailPort;
    }

    static DemoPlaces of(DataDirectory data, LoopbackPorts ports) throws UpProblem {
        var regions = Stream.<DemoRegion>builder();
        for (String name : List.of("east", "west")) {
            regions.add(new DemoRegion(
                    name, ports.keep(name), data.secret(name + "-access-key"), data.secret(name + "-secret-key")));
        }
        return new DemoPlaces(regions.build().toList(), ports.keep("mail"));
    }
}

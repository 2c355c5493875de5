package io.holdfast.standalone;

import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.regions.RegionSettings;
import io.holdfast.plan.Location;
import io.holdfast.plan.SecretReference;
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
                throw new UpProblem("HF-S34", "Cannot read the keys of region %s: %s.".formatted(name, e));
            }
        }

        private String bucket() {
            return "holdfast-" + name;
        }
    }

    static DemoPlaces of(DataDirectory data, LoopbackPorts ports) throws UpProblem {
        var regions = Stream.<DemoRegion>builder();
        for (String name : List.of("east", "west")) {
            regions.add(new DemoRegion(
                    name, ports.claim(name, 0), data.secret(name + "-access-key"), data.secret(name + "-secret-key")));
        }
        return new DemoPlaces(regions.build().toList(), ports.claim("mail", 0));
    }
}

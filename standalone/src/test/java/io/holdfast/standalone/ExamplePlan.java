package io.holdfast.standalone;

import io.holdfast.standalone.DemoPlaces.DemoRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A plan of {@code deploy/examples} as it is shipped, but for where things are: paths of its host lie below a directory,
 * containers and volumes have a prefix, and regions, mail and servers are those of a test.
 */
final class ExamplePlan {

    private final Path root;
    private final String prefix;
    private final DemoPlaces places;
    private final Map<String, URI> servers;
    private final Map<?, ?> document;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * Reads a plan.
     *
     * @param root stands for the root directory of its host
     * @param prefix before the names of containers, volumes and compose projects
     * @param servers from the URLs in the plan to those of this test
     */
    ExamplePlan(String name, Path root, String prefix, DemoPlaces places, Map<String, URI> servers) throws IOException {
        this.root = root;
        this.prefix = prefix;
        this.places = places;
        this.servers = servers;
        String shipped = Files.readString(Path.of("../deploy/examples", name + ".yaml"));
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(shipped);
        document = adapted((Map<?, ?>) loaded);
    }

    String text() {
        return new Dump(DumpSettings.builder().build()).dumpToString(document);
    }

    /** The variables that hold the regions' keys. */
    Map<String, String> environment() {
        return environment;
    }

    List<String> regions() {
        return ((List<?>) Objects.requireNonNull(document.get("regions")))
                .stream()
                        .map(region -> String.valueOf(((Map<?, ?>) region).get("name")))
                        .toList();
    }

    private Map<String, Object> adapted(Map<?, ?> map) {
        var adapted = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> adapted.put(String.valueOf(key), adapted(String.valueOf(key), value)));
        if (adapted.get("regions") instanceof List<?> regions && map.containsKey("version")) {
            adapted.put("regions", inDemoPlaces(regions));
        }
        return adapted;
    }

    private Object adapted(String key, Object value) {
        return switch (value) {
            case Map<?, ?> map when key.equals("mail") -> mail(adapted(map));
            case Map<?, ?> map -> adapted(map);
            case List<?> list ->
                list.stream().map(element -> adapted(key, element)).toList();
            case String text -> adapted(key, text);
            case null, default -> value;
        };
    }

    private String adapted(String key, String text) {
        if (text.startsWith("/") && !key.equals("container-path")) {
            return root + text;
        }
        if (text.startsWith("file:/")) {
            return "file:" + root + text.substring("file:".length());
        }
        return switch (key) {
            case "site" -> "local";
            case "container", "containers", "volume" -> text.replaceFirst("^(compose:|)", "$1" + prefix);
            case "url" -> Objects.requireNonNull(servers.get(text), text).toString();
            default -> text;
        };
    }

    private Map<String, Object> mail(Map<String, Object> mail) {
        mail.putAll(Map.of("host", "127.0.0.1", "port", places.mailPort(), "starttls", false));
        return mail;
    }

    /** Its buckets become folders in that of an embedded region, each in another; its keys are that region's. */
    private List<?> inDemoPlaces(List<?> regions) {
        var free = places.regions().iterator();
        return regions.stream()
                .map(region -> (Map<?, ?>) region)
                .map(region -> region.containsKey("access-key") ? in(free.next(), region) : region)
                .toList();
    }

    private Map<?, ?> in(DemoRegion place, Map<?, ?> region) {
        var adapted = new LinkedHashMap<Object, Object>(region);
        String shipped = String.valueOf(region.get("location"));
        adapted.put("location", place.location().wire() + shipped.replaceFirst("^s3:https://[^/]+", ""));
        try {
            environment.put(
                    variable(region, "access-key"),
                    Files.readString(place.accessKey()).strip());
            environment.put(
                    variable(region, "secret-key"),
                    Files.readString(place.secretKey()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return adapted;
    }

    private static String variable(Map<?, ?> region, String key) {
        return String.valueOf(region.get(key)).replaceFirst("^env:", "");
    }
}

package io.holdfast.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a source decides what its backups hold. Everything else tells how it is captured or put back: credentials,
 * limits, what rests meanwhile, the form of a dump. Lists count as sets where their order means nothing.
 */
final class Content {

    private Content() {}

    static List<@Nullable Object> of(Source source) {
        return switch (source) {
            case Source.Files(var paths, var include, var exclude, var _, var _) ->
                held(source, set(paths), include, exclude);
            case Source.DockerVolume(var volume, var exclude, var _, var _) -> held(source, volume, exclude);
            case Source.ContainerPath(var container, var path, var exclude, var _, var _) ->
                held(source, container, path, exclude);
            case Source.ChromaDb(var container, var data, var _, var _, var _, var _, var _, var _) ->
                held(source, place(data, container));
            case Source.Redis(var container, var _, var _, var _, var _, var data, var _, var _) ->
                held(source, place(data, container));
            case Source.PostgreSql(
                    var container,
                    var host,
                    var port,
                    var databases,
                    var _,
                    var _,
                    var globals,
                    var _,
                    var excludeTableData,
                    var _,
                    var _,
                    var _,
                    var _) -> held(source, container, host, port, set(databases), globals, set(excludeTableData));
            case Source.BackupApi(
                    var url,
                    RestApi(var _, var _, var list, var _, var create, var _, var download, var _, var _, var _, var _),
                    var collections,
                    var _,
                    var _,
                    var _,
                    var _) -> held(source, url, asked(list), asked(create), asked(download), set(collections));
            case Source.Configuration(var paths, var exclude, var crontabs, var units, var namespaces, var _) ->
                held(source, set(paths), exclude, set(crontabs), set(units), set(namespaces));
            case Source.SystemInformation(var paths, var commands, var _) -> held(source, set(paths), commands);
            case Source.Command(var command, var container, var _, var fileName, var _, var _, var _) ->
                held(source, command, container, fileName);
        };
    }

    private static List<@Nullable Object> held(Source source, @Nullable Object... parts) {
        return Arrays.asList(source.kind(), Arrays.asList(parts));
    }

    /** A volume and a directory are what they are whoever uses them. */
    private static List<@Nullable Object> place(DataLocation data, @Nullable String container) {
        return Arrays.asList(data, data instanceof DataLocation.InContainer ? container : null);
    }

    /** As text, in which a number that was read from YAML is like one that was read from JSON. */
    private static String asked(@Nullable Record step) {
        return String.valueOf(step);
    }

    private static <T> Set<T> set(List<T> list) {
        return Set.copyOf(list);
    }
}

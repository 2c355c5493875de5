package io.holdfast.sources.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says of itself: the reply to {@code INFO}. What a version does not say counts as empty, or as 0. */
record Info(Map<String, String> fields) {

    private static final Pattern DATABASE = Pattern.compile("keys=(\\d+),expires=(\\d+).*");

    static Info parse(String reply) {
        var fields = new LinkedHashMap<String, String>();
        reply.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#") && line.contains(":"))
                .forEach(line ->
                        fields.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
        return new Info(fields);
    }

    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    long number(String field) {
        try {
            return Long.parseLong(text(field));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    boolean is(String field) {
        return number(field) != 0;
    }

    /** Another one after each start. */
    String runId() {
        return text("run_id");
    }

    /** A save or a rewrite is running, or will begin when what runs has ended. */
    boolean isWriting() {
        return is("rdb_bgsave_in_progress") || is("aof_rewrite_in_progress") || is("aof_rewrite_scheduled");
    }

    boolean savedWell() {
        return text("rdb_last_bgsave_status").equals("ok");
    }

    /** How many changes there were since the beginning of the last save that ended well. */
    long changes() {
        return number("rdb_changes_since_last_save");
    }

    long lastSave() {
        return number("rdb_last_save_time");
    }

    /** By number, those that hold a key. */
    SortedMap<Integer, Database> databases() {
        var databases = new TreeMap<Integer, Database>();
        fields.forEach((name, value) -> {
            Matcher matcher = DATABASE.matcher(value);
            if (name.matches("db\\d{1,9}") && matcher.matches()) {
                databases.put(
                        Integer.parseInt(name.substring(2)),
                        new Database(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
            }
        });
        return databases;
    }
}

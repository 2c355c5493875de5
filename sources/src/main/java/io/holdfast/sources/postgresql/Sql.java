package io.holdfast.sources.postgresql;

/** Text within SQL. */
final class Sql {

    private Sql() {}

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** For servers with {@code standard_conforming_strings}, which all supported ones have on. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A database as a connection string names it: a name alone could be taken for such a string. */
    static String connection(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

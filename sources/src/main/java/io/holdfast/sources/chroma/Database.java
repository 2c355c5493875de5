package io.holdfast.sources.chroma;

/** One database of a server. */
record Database(String tenant, String name) {

    static final Database DEFAULT = new Database("default_tenant", "default_database");
}

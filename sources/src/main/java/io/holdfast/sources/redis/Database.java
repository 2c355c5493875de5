package io.holdfast.sources.redis;

/** @param expiring those of its keys that have a time to live */
record Database(long keys, long expiring) {

    /** Whether it may be what another was: only keys that had a time to live may be gone. */
    boolean mayComeFrom(Database before) {
        return keys <= before.keys && keys >= before.keys - before.expiring;
    }
}

package io.holdfast.vault.index;

import java.io.IOException;

/**
 * Asked before an index file is stored. Packs that no index names yet are anybody's to delete who holds the only lock; so
 * whoever writes must hold one still, or the index would name packs that are gone, and later backups rest on it.
 */
@FunctionalInterface
public interface IndexGuard {

    /** Throws when the packs that were stored may have been deleted meanwhile: then the writer gives up. */
    void beforeIndex() throws IOException;
}

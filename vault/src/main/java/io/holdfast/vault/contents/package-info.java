/** What snapshots hold, read as streams: listings, searches, comparisons, counts and archives. */
@NullMarked
package io.holdfast.vault.contents;

import org.jspecify.annotations.NullMarked;

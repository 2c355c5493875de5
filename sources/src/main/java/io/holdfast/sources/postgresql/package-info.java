/** PostgreSQL databases, dumped and restored with PostgreSQL's own programs. */
@NullMarked
package io.holdfast.sources.postgresql;

import org.jspecify.annotations.NullMarked;

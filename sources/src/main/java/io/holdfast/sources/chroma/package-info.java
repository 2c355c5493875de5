/** ChromaDB: its data directory, and what the server says of its collections. */
@NullMarked
package io.holdfast.sources.chroma;

import org.jspecify.annotations.NullMarked;

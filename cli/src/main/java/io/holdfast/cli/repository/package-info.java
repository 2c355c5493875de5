/** Which repository a verb works on, which password opens it, and which of its snapshots and files are meant. */
@NullMarked
package io.holdfast.cli.repository;

import org.jspecify.annotations.NullMarked;

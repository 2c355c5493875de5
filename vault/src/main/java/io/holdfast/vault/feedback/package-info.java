/** What a call tells whoever made it: how far it is, what did not go as asked, and why it cannot be done. */
@NullMarked
package io.holdfast.vault.feedback;

import org.jspecify.annotations.NullMarked;

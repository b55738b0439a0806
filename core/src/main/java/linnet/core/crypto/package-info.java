/** Primitives behind {@link Crypto}, and what is built from them: identity, the Noise handshake, HPKE, signed bytes. */
@NullMarked
package linnet.core.crypto;

import org.jspecify.annotations.NullMarked;

/** Constraints of the discriminator (normalizations, penalties, projections) and regularizers of the generator. */
@NullMarked
package org.saddlepoint.constraints;

import org.jspecify.annotations.NullMarked;

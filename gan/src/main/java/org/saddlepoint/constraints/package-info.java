/** What keeps a discriminator tame: around it, in its loss, or after its updates. */
@NullMarked
package org.saddlepoint.constraints;

import org.jspecify.annotations.NullMarked;

/** Placeholder of the first commit. */
@NullMarked
package org.saddlepoint.run;

import org.jspecify.annotations.NullMarked;

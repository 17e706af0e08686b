/** Placeholder of the first commit. */
@NullMarked
package org.saddlepoint.cli;

import org.jspecify.annotations.NullMarked;

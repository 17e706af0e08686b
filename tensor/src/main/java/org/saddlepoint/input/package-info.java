/** Files that come from outside: what every reader asks of them, and how it speaks of what they hold. */
@NullMarked
package org.saddlepoint.input;

import org.jspecify.annotations.NullMarked;

/** What the two players minimize, on logits. */
@NullMarked
package org.saddlepoint.objectives;

import org.jspecify.annotations.NullMarked;

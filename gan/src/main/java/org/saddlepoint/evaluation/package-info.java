/** Evaluation: what images are compared by, under which protocol, and how sure the numbers are. */
@NullMarked
package org.saddlepoint.evaluation;

import org.jspecify.annotations.NullMarked;

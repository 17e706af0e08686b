/** Training: one step of a method, the loop around it, what is saved, and who listens. */
@NullMarked
package org.saddlepoint.training;

import org.jspecify.annotations.NullMarked;

/** Numbers that change during a training: learning rates, weights of penalties, noise, probabilities. */
@NullMarked
package org.saddlepoint.schedule;

import org.jspecify.annotations.NullMarked;

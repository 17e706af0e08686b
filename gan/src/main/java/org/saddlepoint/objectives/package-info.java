/** Objectives: the losses of both players as functions of logits. */
@NullMarked
package org.saddlepoint.objectives;

import org.jspecify.annotations.NullMarked;

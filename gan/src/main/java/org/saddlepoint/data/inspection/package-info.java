/**
 * Looks at every picture of a data set once, finds what hurts training, and says what to do about it.
 *
 * <p>{@link org.saddlepoint.data.inspection.Inspection} is the entry. A {@code Survey} keeps some traits of each picture;
 * each {@code Check} makes a {@link org.saddlepoint.data.inspection.Finding} of them, which may give
 * {@link org.saddlepoint.data.inspection.Advice}. {@link org.saddlepoint.data.inspection.Selection} says which examples are
 * worth keeping.
 */
@NullMarked
package org.saddlepoint.data.inspection;

import org.jspecify.annotations.NullMarked;

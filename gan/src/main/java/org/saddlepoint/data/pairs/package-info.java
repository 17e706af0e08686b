/**
 * Data sets whose examples are two images, for translation: aligned pairs and unpaired sets.
 */
@NullMarked
package org.saddlepoint.data.pairs;

import org.jspecify.annotations.NullMarked;

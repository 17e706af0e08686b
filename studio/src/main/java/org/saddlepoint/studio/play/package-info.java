/** Games in the plane that a browser sees and steers while they are played, by the same engine as every training. */
@NullMarked
package org.saddlepoint.studio.play;

import org.jspecify.annotations.NullMarked;

/** The settings of the published methods, and the words under which a user asks for data. */
@NullMarked
package org.saddlepoint.recipes;

import org.jspecify.annotations.NullMarked;

/** Experiments: theorems, figures and claims of the literature, computed and compared with theory. */
@NullMarked
package org.saddlepoint.lab;

import org.jspecify.annotations.NullMarked;

/**
 * Points drawn from known distributions. Mixtures of Gaussians are in the package above, since any data set of points may
 * name one.
 */
@NullMarked
package org.saddlepoint.data.synthetic;

import org.jspecify.annotations.NullMarked;

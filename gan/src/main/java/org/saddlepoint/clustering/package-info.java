/**
 * Groups of pictures that look alike, found without labels: {@link org.saddlepoint.clustering.PictureClusters}. Descriptors of
 * the pictures' edges, their nearest neighbours, and communities in the graph of these. Nothing here is trained, and there are
 * no tensors.
 */
@NullMarked
package org.saddlepoint.clustering;

import org.jspecify.annotations.NullMarked;

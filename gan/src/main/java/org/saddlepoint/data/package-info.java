/**
 * Examples to train on: what every data set offers, and the loader that serves it in shuffled batches.
 *
 * <p>A {@link org.saddlepoint.data.Dataset} is finite and gives access by index.
 * {@link org.saddlepoint.data.BatchLoader} decodes it on worker threads into Java arrays; there are no tensors here.
 * {@link org.saddlepoint.data.PointDataset} holds points in memory. The sub-packages, which this package does not import,
 * hold the rest: {@code images} files of pictures, {@code codecs} picture formats, {@code archives} zips, {@code names} file
 * names as bytes, {@code formats} published file formats and the embedded sets,
 * {@code pairs} two images an example, {@code synthetic} distributions of points. Whoever writes a data set of their own
 * implements {@code Dataset} and may use {@link org.saddlepoint.data.Digest} for its fingerprint and
 * {@link org.saddlepoint.data.SkippedLog} for examples that do not decode.
 */
@NullMarked
package org.saddlepoint.data;

import org.jspecify.annotations.NullMarked;

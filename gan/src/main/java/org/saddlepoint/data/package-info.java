/**
 * Examples to train on: images, points, and the loader that serves them in shuffled batches.
 *
 * <p>A {@link org.saddlepoint.data.Dataset} is finite and random access. {@link org.saddlepoint.data.EmbeddedDatasets},
 * {@link org.saddlepoint.data.IdxDataset}, {@link org.saddlepoint.data.CifarDataset} and
 * {@link org.saddlepoint.data.ImageCollection} hold images,
 * {@link org.saddlepoint.data.GaussianMixture}, {@link org.saddlepoint.data.SwissRoll},
 * {@link org.saddlepoint.data.FunnelTransport} and {@link org.saddlepoint.data.CsvPoints} make {@link org.saddlepoint.data.PointDataset}s.
 * {@link org.saddlepoint.data.PairedImages} and {@link org.saddlepoint.data.UnpairedImages} hold two images an example.
 * {@link org.saddlepoint.data.BatchLoader} decodes on worker threads into Java arrays. There are no tensors here.
 */
@NullMarked
package org.saddlepoint.data;

import org.jspecify.annotations.NullMarked;

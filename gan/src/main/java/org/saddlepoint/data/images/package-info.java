/**
 * Pictures in files and in memory: finding, checking, decoding, cropping and resizing them.
 *
 * <p>{@link org.saddlepoint.data.images.ImageCollection} makes a data set of a folder, a zip or a list of files;
 * {@link org.saddlepoint.data.images.PictureFiles} reads pictures in their own sizes. {@code ImageFormat} says which shape
 * images are given. Files are checked by their headers before memory is taken for their pixels.
 */
@NullMarked
package org.saddlepoint.data.images;

import org.jspecify.annotations.NullMarked;

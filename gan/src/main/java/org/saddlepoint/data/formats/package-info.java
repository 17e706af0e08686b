/**
 * File formats in which data sets are published: IDX (MNIST and its successors), the binary version of CIFAR, tables in CSV,
 * and the two sets that are embedded in the library.
 */
@NullMarked
package org.saddlepoint.data.formats;

import org.jspecify.annotations.NullMarked;

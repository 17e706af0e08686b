/** Trained networks as ONNX files, and the proof that ONNX Runtime computes the same. */
@NullMarked
package org.saddlepoint.onnx;

import org.jspecify.annotations.NullMarked;

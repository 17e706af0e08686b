/**
 * The engine: tensors, scopes, automatic differentiation and functional operations over libtorch.
 *
 * <p>This package is the one door to libtorch: nothing outside it sees a type of the binding. Every tensor belongs to a
 * {@link org.saddlepoint.tensor.TensorScope} or to an owner ({@link org.saddlepoint.tensor.Retained}), so native
 * memory is freed where the code says so and never by the garbage collector.
 */
@NullMarked
package org.saddlepoint.tensor;

import org.jspecify.annotations.NullMarked;

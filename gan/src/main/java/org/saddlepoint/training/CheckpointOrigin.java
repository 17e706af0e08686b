package org.saddlepoint.training;

/**
 * What a checkpoint says of where it comes from.
 *
 * @param software the version of Saddlepoint, for example {@code 0.1.0}
 * @param recipe the complete settings of the training as YAML
 */
public record CheckpointOrigin(String software, String recipe) {}

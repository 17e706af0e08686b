package org.saddlepoint.training;

/** How a trained translator is used. */
public enum Inference {
    /**
     * As in training: dropout stays on, and batch normalization takes the statistics of the picture itself (Isola et al.
     * 2017, section 3.4). Right where training saw one picture at a time.
     */
    TRAINING,
    /** Without dropout, and with the statistics that batch normalization gathered in training. */
    EVALUATION
}

package org.saddlepoint.data.inspection;

/** Is told how far a survey has come, one call at a time, from any thread. */
public interface SurveyProgress {
    /** Tells nobody. */
    SurveyProgress NONE = new SurveyProgress() {
        @Override
        public void looked(int done, int all) {}

        @Override
        public void compared(int done, int all) {}
    };

    /** So many of all examples were read. */
    void looked(int done, int all);

    /** So many of all examples were compared with the others. */
    void compared(int done, int all);
}

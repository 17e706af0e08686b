package org.saddlepoint.training;

import java.util.List;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.tensor.distributed.Ranks;

/** What rank 0 tells the other processes to do next; all decisions are its own. */
public enum Word {
    /** A step, in which all take part. */
    STEP,
    /** What each process has of its own, for a checkpoint. */
    GATHER,
    /** Goes on from a checkpoint, which follows. */
    RESTORE,
    /** Goes on with these returns to earlier checkpoints, which follow. */
    ROLLBACKS,
    /** Begins, or begins again, a training by the settings that follow. */
    SETUP,
    /** All is done. */
    END;

    /** In the order by which they are numbered. */
    private static final List<Word> ALL = List.of(values());

    /** Tells it where this process leads several; does nothing where it is alone. */
    void say(Ranks ranks, byte[] more) {
        ranks.group().ifPresent(group -> say(group, more));
    }

    void say(Ranks ranks) {
        say(ranks, new byte[0]);
    }

    /** Tells it the others of a group. */
    public void say(ProcessGroup group, byte[] more) {
        group.say(ALL.indexOf(this), more);
    }

    /** The word of what was said. */
    public static Word of(ProcessGroup.Said said) {
        return ALL.get((int) said.number());
    }
}

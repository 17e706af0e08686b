package org.saddlepoint.studio.runs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHolder;
import org.saddlepoint.studio.server.RefusedException;

/** What a browser may do to runs. Each action changes the run's folder, or starts or stops a process. */
public final class RunActions {
    /** Bytes of a note. */
    static final int LONGEST_NOTE = 1 << 14;

    /** A process is only told to stop if its command line holds this: its main class, or a jar of the library. */
    private static final String OURS = "saddlepoint";

    /** Bytes of a command line that are looked at; class paths are long. */
    private static final int LONGEST_COMMAND = 1 << 20;

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS", Locale.ROOT);

    private final RunsFolder folder;
    private final Jobs jobs;
    private final RunBin bin;

    /** Actions on the runs of a folder, by commands among these jobs. */
    public RunActions(RunsFolder folder, Jobs jobs) {
        this.folder = folder;
        this.jobs = jobs;
        this.bin = new RunBin(folder);
    }

    /**
     * Keeps what a user writes about a run; nothing removes the note.
     *
     * @throws RefusedException if it is too long, or cannot be written
     */
    void note(RunFolder run, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_NOTE) {
            throw RefusedException.wrong("the note is too long; at most " + LONGEST_NOTE + " bytes are kept");
        }
        Path file = run.path().resolve(RunReader.NOTE);
        try {
            if (text.isBlank()) {
                Files.deleteIfExists(file);
            } else {
                AtomicFiles.writeString(file, text);
            }
        } catch (IOException e) {
            throw RefusedException.conflict("the note cannot be written: " + IoReasons.of(e));
        }
    }

    /**
     * Asks the process that trains a run to stop, with a checkpoint. Only a process of this machine and this user whose command
     * is Saddlepoint's is asked, and only if it holds the lock: the name in a lock alone is anybody's to write.
     *
     * @throws RefusedException if there is no such process
     */
    void stop(RunFolder run) {
        Optional<RunHolder> holder = RunHolder.of(run);
        if (holder.isEmpty() || !RunHolder.isHeld(run)) {
            throw RefusedException.conflict(run.name() + " is not being trained");
        }
        if (!holder.get().isHere()) {
            throw RefusedException.conflict(
                    run.name() + " is trained on " + holder.get().host() + "; stop it there, with Ctrl-C");
        }
        ProcessHandle process = ProcessHandle.of(holder.get().pid())
                .filter(each -> each.pid() != ProcessHandle.current().pid())
                .filter(RunActions::isOurs)
                .orElseThrow(() ->
                        RefusedException.conflict("process " + holder.get().pid() + ", which the lock of " + run.name()
                                + " names, is none of yours that trains"));
        if (!process.supportsNormalTermination() || !process.destroy()) {
            throw RefusedException.conflict("this system cannot ask a process to stop; press Ctrl-C in its terminal");
        }
    }

    private static boolean isOurs(ProcessHandle process) {
        return commandLine(process).contains(OURS)
                && process.info().user().equals(ProcessHandle.current().info().user());
    }

    /** The whole command line; Java itself tells no more than 4,096 bytes of it on Linux. */
    private static String commandLine(ProcessHandle process) {
        Path told = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (!Files.isReadable(told)) {
            return process.info().commandLine().orElse("");
        }
        try (InputStream in = Files.newInputStream(told)) {
            return new String(in.readNBytes(LONGEST_COMMAND), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /**
     * Goes on where a run stopped, in a process of its own.
     *
     * @param steps in all; 0 for as many as the recipe says
     */
    Jobs.Shown resume(RunFolder run, long steps) {
        List<String> words = new ArrayList<>(List.of("resume", run.path().toString()));
        if (steps > 0) {
            words.add("--steps=" + steps);
        }
        return jobs.start(words, folder.name(run));
    }

    /** Measures a run, in a process of its own. */
    Jobs.Shown evaluate(RunFolder run) {
        return jobs.start(List.of("evaluate", run.path().toString()), folder.name(run));
    }

    /**
     * Moves a run to the bin.
     *
     * @throws RefusedException if it is being trained, or cannot be moved
     */
    void delete(RunFolder run) {
        if (RunHolder.isHeld(run)) {
            throw RefusedException.conflict(run.name() + " is being trained; stop it first");
        }
        if (Files.isSymbolicLink(run.path())) {
            throw RefusedException.conflict(run.name() + " is a link; remove it yourself");
        }
        String binned = folder.name(run) + "@" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
        try {
            bin.take(run.path(), binned);
        } catch (IOException e) {
            throw RefusedException.conflict(run.name() + " cannot be moved to the bin: " + IoReasons.of(e));
        }
    }

    /** What is in the bin, the newest first. */
    List<String> bin() {
        return bin.names();
    }

    /**
     * Moves a run back from the bin.
     *
     * @throws RefusedException if there is none, or another has its name now
     */
    void restore(String binned) {
        if (!bin.names().contains(binned)) {
            throw RefusedException.missing("there is no " + binned + " in the bin");
        }
        String name = binned.substring(0, binned.lastIndexOf('@'));
        try {
            bin.giveBack(binned, name);
        } catch (IOException e) {
            throw RefusedException.conflict(name + " cannot be moved back: " + IoReasons.of(e));
        }
    }
}

package org.saddlepoint.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saddlepoint.input.IoReasons;

/**
 * The process that a run's lock names. A killed process leaves its name behind, so that it may be gone, or another process may
 * have its number now.
 *
 * @param pid its number
 * @param host the machine that it runs on
 * @param since when it took the lock
 */
public record RunHolder(long pid, String host, Instant since) {
    private static final Pattern TEXT = Pattern.compile("process (\\d{1,18}) on (.+), since (\\S+)");

    /** Clocks of processes count in ticks from the start of the machine, and differ from the time of day by less than this. */
    private static final Duration DRIFT = Duration.ofSeconds(10);

    /** The process that is named, or empty if none is; takes no lock. */
    public static Optional<RunHolder> of(RunFolder run) {
        Path file = run.path().resolve(RunLock.NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(RunLock.LONGEST), StandardCharsets.UTF_8);
            Matcher found = TEXT.matcher(text.lines().findFirst().orElse(""));
            return found.matches()
                    ? Optional.of(new RunHolder(
                            Long.parseLong(found.group(1)), found.group(2), Instant.parse(found.group(3))))
                    : Optional.empty();
        } catch (DateTimeParseException unknown) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it ended meanwhile
        }
    }

    /** Whether it runs on this machine. */
    public boolean isHere() {
        return host.equals(RunLock.host());
    }

    /** Whether a process of its number runs on this machine that is as old as the lock: a younger one only has the number. */
    public boolean isAlive() {
        return isHere()
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> process.info()
                                .startInstant()
                                .map(start -> !start.isAfter(since.plus(DRIFT)))
                                .orElse(true))
                        .isPresent();
    }

    /**
     * Whether the lock is held by any process. It is tried for that, so that a training that begins at this very moment could be
     * told that the run is taken: ask before an action, not to watch.
     *
     * @throws RunException if the lock cannot be looked at
     */
    public static boolean isHeld(RunFolder run) {
        try {
            return RunLock.isHeld(run.path());
        } catch (IOException e) {
            throw new RunException("cannot look at the lock of " + run.path() + ": " + IoReasons.of(e), e);
        }
    }
}

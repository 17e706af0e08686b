package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** {@code docs/commands.md} has the help of each command; {@code -Dsaddlepoint.write=true} writes it. */
class CommandReferenceTest {
    private static final Path PAGE = Path.of("../docs/commands.md");

    private static final String INTRODUCTION =
            """
            # Commands

            The help of each command, as `saddlepoint COMMAND --help` prints it. A test compares this page with the program.

            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 training diverged, 4 diagnosed as failed. With `--json` a command prints one object a line
            on standard output, and nothing else; errors go to standard error. `--stacktrace` shows where in the program a failure happened.
            """;

    @Test
    void thePageIsTheHelpOfAllCommands() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append(section("saddlepoint", Cli.run("--help").out()));
        for (Class<?> command : Main.COMMANDS) {
            Command said = command.getAnnotation(Command.class);
            if (!said.hidden() && !said.name().equals("help")) {
                page.append(section(said.name(), Cli.run(said.name(), "--help").out()));
                for (Class<?> below : said.subcommands()) {
                    String name = below.getAnnotation(Command.class).name();
                    page.append(section(
                            said.name() + " " + name,
                            Cli.run(said.name(), name, "--help").out()));
                }
            }
        }
        page.append(section("lab", Cli.run("lab", "--help").out()));
        if (Boolean.getBoolean("saddlepoint.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("write it anew by -Dsaddlepoint.write=true").hasContent(page.toString());
    }

    private static String section(String title, String help) {
        assertThat(help).startsWith("Usage: saddlepoint");
        return "\n## " + title + "\n\n```\n" + help.stripTrailing() + "\n```\n";
    }
}

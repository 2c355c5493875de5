package io.holdfast.cli.repository;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.vault.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a repository's password comes from. */
public sealed interface PasswordSource {

    /** How a recovery sheet names it. */
    String described();

    /** The password; the caller closes it. */
    Password password();

    record InFile(String file) implements PasswordSource {
        @Override
        public String described() {
            return "in the file " + absolute();
        }

        /** As the sheet names it, whatever directory its reader is in. */
        String absolute() {
            return Path.of(file).toAbsolutePath().normalize().toString();
        }

        @Override
        public Password password() {
            try {
                String text = Files.readString(Path.of(file)).strip();
                if (text.isEmpty()) {
                    throw unusable("it is empty");
                }
                return Password.of(text);
            } catch (NoSuchFileException _) {
                throw unusable("there is no such file");
            } catch (IOException | InvalidPathException e) {
                throw unusable("it cannot be read: " + e.getClass().getSimpleName());
            }
        }

        private CliException unusable(String why) {
            return Code.NO_PASSWORD.because(
                    "Cannot take the password from the file %s: %s. Nothing was changed. Name the file that was used when the repository was made."
                            .formatted(file, why));
        }
    }

    record InVariable(String name, String value) implements PasswordSource {
        @Override
        public String described() {
            return "in the environment variable " + name + " at the time";
        }

        @Override
        public Password password() {
            return Password.of(value);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** @param command run by the shell; what it prints, without white space at either end */
    record Printed(String command) implements PasswordSource {
        @Override
        public String described() {
            return "printed by the command " + command;
        }

        @Override
        public Password password() {
            try (CommandOutput out = CommandOutput.of(List.of("/bin/sh", "-c", command))) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
                if (!text.isEmpty()) {
                    return Password.of(text);
                }
            } catch (IOException e) {
                throw unusable("it failed").causedBy(e);
            }
            throw unusable("it printed nothing");
        }

        private CliException unusable(String why) {
            return Code.NO_PASSWORD.because(
                    "Cannot take the password from the command '%s': %s. Nothing was changed. Run it by hand to see why."
                            .formatted(command, why));
        }
    }

    /**
     * Typed in.
     *
     * @param prompt what is asked for
     * @param twice whether it is asked for again, to be compared: nobody could ever read what a slip made
     * @param remedy what to do where nobody can be asked
     */
    record Asked(Surroundings surroundings, String prompt, boolean twice, String remedy) implements PasswordSource {

        /** A password that is to open a repository from now on, beside the one that opens it. */
        public static Asked anew(Surroundings surroundings) {
            return new Asked(surroundings, "New password", true, "Use --new-password-file.");
        }

        @Override
        public String described() {
            return "typed in";
        }

        @Override
        public Password password() {
            char[] first = ask(prompt);
            char[] second = twice ? ask("The same password again") : first;
            try {
                if (!Arrays.equals(first, second)) {
                    throw Code.NO_PASSWORD.because("The two passwords differ. Nothing was changed. Run it again.");
                }
                return Password.of(first);
            } finally {
                Arrays.fill(first, '\0');
                Arrays.fill(second, '\0');
            }
        }

        private char[] ask(String prompt) {
            return surroundings
                    .askPassword(prompt)
                    .filter(typed -> typed.length > 0)
                    .orElseThrow(() -> Code.NO_PASSWORD.because(
                            "No password was given, and none can be asked for here. Nothing was changed. " + remedy));
        }
    }

    /** Made for a repository, and shown on its recovery sheet only. */
    record Made(String value) implements PasswordSource {

        private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
        private static final int GROUPS = 6;
        private static final int GROUP = 5;

        /** 150 random bits, in letters that are not taken for one another. */
        public static Made anew() {
            var random = new SecureRandom();
            return new Made(Stream.generate(() -> random.ints(GROUP, 0, LETTERS.length())
                            .mapToObj(index -> LETTERS.substring(index, index + 1))
                            .collect(Collectors.joining()))
                    .limit(GROUPS)
                    .collect(Collectors.joining("-")));
        }

        @Override
        public String described() {
            return value + " (made now, and shown nowhere else: write it down)";
        }

        @Override
        public Password password() {
            return Password.of(value);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** The first that is named: by option, then by our own variables, then by restic's. */
    static PasswordSource of(
            @Nullable String file, @Nullable String command, Surroundings surroundings, boolean twice) {
        if (file != null) {
            return new InFile(file);
        }
        if (command != null) {
            return new Printed(command);
        }
        for (String program : new String[] {"HOLDFAST", "RESTIC"}) {
            String variable = program + "_PASSWORD";
            String value = surroundings.environment(variable);
            if (value != null) {
                return new InVariable(variable, value);
            }
            String named = surroundings.environment(variable + "_FILE");
            if (named != null) {
                return new InFile(named);
            }
        }
        String resticsCommand = surroundings.environment("RESTIC_PASSWORD_COMMAND");
        if (resticsCommand != null) {
            return new Printed(resticsCommand);
        }
        return new Asked(
                surroundings,
                "Password of the repository",
                twice,
                "Use --password-file, HOLDFAST_PASSWORD_FILE or HOLDFAST_PASSWORD.");
    }
}

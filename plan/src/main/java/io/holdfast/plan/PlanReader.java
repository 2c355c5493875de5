package io.holdfast.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads plan files. Everything that is wrong is reported at once, with its line and what would be right; only a text
 * that is no YAML at all is reported at the first place where it stops being so.
 */
public final class PlanReader {

    /** Larger files are refused unread. */
    public static final int MAX_BYTES = 1 << 20;

    private PlanReader() {}

    /** Reads a plan file. Relative paths in it are relative to the directory the file lies in. */
    public static PlanReading read(Path file) {
        String name = file.toString();
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            return unreadable(name, "there is no such file", "Check the path");
        } catch (AccessDeniedException e) {
            return unreadable(name, "permission to read it is denied", "Let the user of this process read it");
        } catch (IOException e) {
            boolean directory = Files.isDirectory(file);
            return unreadable(
                    name,
                    directory ? "this is a directory" : "it cannot be read: " + e.getMessage(),
                    directory ? "Name a file" : "Check the disk and the path");
        }
        if (content.length > MAX_BYTES) {
            return tooLarge(name);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return read(text, name, file.toAbsolutePath().getParent());
        } catch (CharacterCodingException e) {
            return unreadable(name, "it is not text in UTF-8", "Save it as UTF-8");
        }
    }

    /**
     * Reads the text of a plan that does not lie in a directory: relative paths in it are problems.
     *
     * @param name how problems name the text
     */
    public static PlanReading read(String text, String name) {
        return read(text, name, null);
    }

    /**
     * Reads the text of a plan.
     *
     * @param name how problems name the text
     * @param directory absolute; what relative paths are relative to. Null: they are problems
     */
    public static PlanReading read(String text, String name, @Nullable Path directory) {
        if (text.length() > MAX_BYTES) {
            return tooLarge(name);
        }
        Problems problems = new Problems(name);
        return new YamlText(name, problems)
                .compose(text)
                .map(node -> new DocumentReader(new PlaceReader(directory), problems).read(new Located(node, "")))
                .filter(_ -> problems.isEmpty())
                .<PlanReading>map(plan -> new PlanReading.Valid(plan, text, problems.warnings()))
                .orElseGet(() -> new PlanReading.Invalid(problems.found()));
    }

    private static PlanReading tooLarge(String name) {
        Problems problems = new Problems(name);
        problems.add(Code.TOO_LARGE, 0, 0, "the plan is larger than 1 MiB", "Split it into several plans");
        return new PlanReading.Invalid(problems.found());
    }

    private static PlanReading unreadable(String name, String wrong, String remedy) {
        Problems problems = new Problems(name);
        problems.add(Code.UNREADABLE, 0, 0, wrong, remedy);
        return new PlanReading.Invalid(problems.found());
    }
}

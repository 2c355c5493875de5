package io.holdfast.sources.quiesce;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.sources.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The open brackets of a site, one file each. Whatever is written or deleted is durable when the call returns. */
final class Records {

    private static final Logger log = LoggerFactory.getLogger(Records.class);
    private static final String SUFFIX = ".json";

    /** Loaded when a bracket is there to be read: a guard with nothing to do stays small. */
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }

    private final Path directory;
    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    Records(Path directory) throws IOException {
        DurableFiles.createDirectory(directory);
        this.directory = directory;
    }

    boolean isEmpty() throws IOException {
        return files().isEmpty();
    }

    boolean holds(String id) {
        return Files.exists(file(id));
    }

    Optional<BracketRecord> find(String id) {
        return read(file(id));
    }

    /** All that can be read. What cannot is told, and left for an operator to look at. */
    List<BracketRecord> all() throws IOException {
        List<BracketRecord> records = new ArrayList<>();
        for (Path file : files()) {
            read(file).ifPresent(records::add);
        }
        return records;
    }

    void write(BracketRecord record) throws IOException {
        DurableFiles.write(file(record.id()), Json.MAPPER.writeValueAsBytes(record));
    }

    void delete(String id) throws IOException {
        DurableFiles.delete(file(id));
    }

    private List<Path> files() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            found.sort(null);
            return found;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Optional<BracketRecord> read(Path file) {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), BracketRecord.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            tell(file, e.getMessage());
        } catch (JacksonException e) {
            tell(file, e.getOriginalMessage());
        }
        return Optional.empty();
    }

    private void tell(Path file, @Nullable String why) {
        if (told.add(file)) {
            log.error(
                    "HF-Q28 The bracket {} cannot be read: {}. What it names may still rest. Look at the file, bring that back by hand, and delete it.",
                    file,
                    why);
        }
    }

    private Path file(String id) {
        return directory.resolve(id + SUFFIX);
    }
}

package io.holdfast.plan;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.file.Path;

/** Where a service keeps its data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "in")
public sealed interface DataLocation {

    @JsonTypeName("volume")
    record Volume(String name) implements DataLocation {
        public Volume {
            Names.text("volume", name);
        }
    }

    /** A directory of the site's host; absolute. */
    @JsonTypeName("directory")
    record Directory(Path path) implements DataLocation {
        public Directory {
            Names.require(path.isAbsolute(), "a data directory must be absolute, was %s", path);
        }
    }

    /** A path inside the service's own container; absolute there. */
    @JsonTypeName("container")
    record InContainer(String path) implements DataLocation {
        public InContainer {
            Names.require(path.startsWith("/"), "a path in a container must be absolute, was %s", path);
        }
    }
}

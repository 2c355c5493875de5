package io.holdfast.plan;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The kinds of values that a plan is made of. */
final class Values {

    private static final int SHOWN = 60;

    static final Value<String> NAME = text(
            Code.BAD_NAME, Names::isName, "'%s' is not a name", "Use 1 to 63 lower-case letters, digits and dashes");
    static final Value<String> SITE = nameOtherThan("central", "stands for the services that hold no repository key");
    static final Value<String> REGION = nameOtherThan("vault", "stands for the site's own vault");
    static final Value<String> COMPONENT = nameOtherThan("manifest", "stands for the manifests of recovery points");
    static final Value<String> CONTAINER = text(
            Code.BAD_NAME,
            text -> text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")
                    || text.matches("label:[A-Za-z0-9._/-]+=[^\\p{Cntrl}]+")
                    || text.matches("compose:[a-z0-9][a-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9._-]*"),
            "'%s' is not the name of a container",
            "Write the name as docker ps shows it, or compose:PROJECT/SERVICE, or label:KEY=VALUE");
    static final Value<String> LABEL_VALUE = text(
            Code.BAD_VALUE,
            text -> text.matches("[^\\p{Cntrl}]+"),
            "'%s' is not the value of a label",
            "Write it as the containers have it; true stands for those without the label");
    static final Value<String> VOLUME = text(
            Code.BAD_NAME,
            text -> text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*"),
            "'%s' is not the name of a volume",
            "Write the name as docker volume ls shows it");
    static final Value<String> UNIT = text(
            Code.BAD_NAME,
            text -> text.matches("[A-Za-z0-9:_.@\\\\-]+\\.[a-z]+"),
            "'%s' is not the name of a systemd unit",
            "Write it with its type, such as chromadb.service");
    static final Value<String> WORKLOAD = text(
            Code.BAD_NAME,
            text -> text.matches("[a-z0-9.-]+/(deployment|statefulset)/[a-z0-9.-]+"),
            "'%s' is not a Kubernetes workload",
            "Write namespace/kind/name, such as rag-system/deployment/rag-backend");
    static final Value<String> ADDRESS =
            text(Code.BAD_VALUE, Mail::isAddress, "'%s' is not a mail address", "Write one such as admin@example.org");
    static final Value<String> SENDER = text(
            Code.BAD_VALUE,
            Mail::isSender,
            "'%s' is not a sender",
            "Write backup@example.org or \"Holdfast <backup@example.org>\"");
    static final Value<String> PATH_IN_CONTAINER = text(
            Code.BAD_VALUE,
            text -> text.matches("(/(?!\\.\\.?(/|$))[^/\0]+)+"),
            "'%s' is not an absolute path below the root of a container",
            "Write the path as it is inside the container: beginning with /, without '.', '..' and a slash at the end");
    static final Value<String> FILE_NAME = text(
            Code.BAD_VALUE, SourceChecks::isFileName, "'%s' is not the name of a file", "Write a name without slashes");
    static final Value<String> USER = text(
            Code.BAD_NAME, SourceChecks::isUser, "'%s' is not the name of a user", "Write such as root or www-data");
    static final Value<Duration> DURATION = parsed(
            Code.BAD_VALUE, Durations::parse, "Write a number and s, m, h, d or w, such as 30m, 25h, 90d or 1h30m");
    static final Value<Long> SIZE =
            parsed(Code.BAD_VALUE, Sizes::parse, "Write a number and B, kB, MB, GB, KiB, MiB or GiB, such as 16MiB");
    static final Value<Integer> PERCENT = parsed(Code.BAD_VALUE, Sizes::parsePercent, "Write such as 20%");
    static final Value<ZoneId> ZONE = Values::zone;
    static final Value<URI> URL = parsed(Code.BAD_VALUE, Values::url, "Write such as http://127.0.0.1:8000");

    private Values() {}

    /** A name, but not the one that already means something. */
    private static Value<String> nameOtherThan(String taken, String meaning) {
        return (at, problems) -> {
            String name = NAME.read(at, problems);
            if (taken.equals(name)) {
                problems.add(Code.BAD_NAME, at, "'%s' %s".formatted(taken, meaning), "Give it another name");
                return null;
            }
            return name;
        };
    }

    static String typeOf(Located at) {
        return switch (at.node()) {
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "empty";
            case ScalarNode _ -> "a single value";
            case SequenceNode _ -> "a list";
            default -> "a mapping";
        };
    }

    /** As a message may hold it: not too long, without line breaks and control characters. */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}+", " ");
        return printable.length() > SHOWN ? printable.substring(0, SHOWN) + "…" : printable;
    }

    static @Nullable String text(Located at, Problems problems) {
        if (at.node() instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            String text = scalar.getValue();
            if (!text.isBlank() && text.indexOf('\0') < 0) {
                return text;
            }
        }
        boolean scalar = at.node() instanceof ScalarNode;
        problems.add(
                Code.WRONG_TYPE,
                at,
                scalar ? "this is empty" : "this must be a single value, but is %s".formatted(typeOf(at)),
                scalar ? "Give it a value or take the key out" : "Write one value");
        return null;
    }

    private static Value<String> text(Code code, Predicate<String> rule, String wrong, String remedy) {
        return (at, problems) -> {
            String text = text(at, problems);
            if (text == null || rule.test(text)) {
                return text;
            }
            problems.add(code, at, wrong.formatted(shown(text)), remedy);
            return null;
        };
    }

    /** A value that a function reads, whose exception says what is wrong. */
    static <T> Value<T> parsed(Code code, Function<String, T> parser, String remedy) {
        return (at, problems) -> {
            String text = text(at, problems);
            if (text == null) {
                return null;
            }
            try {
                return parser.apply(text.strip());
            } catch (IllegalArgumentException e) {
                problems.add(code, at, String.valueOf(e.getMessage()), remedy);
                return null;
            }
        };
    }

    static Value<Integer> integer(int least, int most) {
        return (at, problems) -> {
            String text = text(at, problems);
            if (text == null) {
                return null;
            }
            if (text.matches("[0-9]{1,9}")) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            problems.add(
                    Code.BAD_VALUE,
                    at,
                    "'%s' is not a number from %d to %d".formatted(shown(text), least, most),
                    "Write a whole number");
            return null;
        };
    }

    static @Nullable Boolean bool(Located at, Problems problems) {
        String text = text(at, problems);
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        problems.add(
                Code.WRONG_TYPE, at, "'%s' is neither true nor false".formatted(shown(text)), "Write true or false");
        return null;
    }

    static <E extends Enum<E>> Value<E> oneOf(Class<E> type) {
        List<String> names = Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return (at, problems) -> {
            String text = text(at, problems);
            if (text == null) {
                return null;
            }
            int index = names.indexOf(text);
            if (index >= 0) {
                return type.getEnumConstants()[index];
            }
            problems.add(
                    Code.BAD_VALUE,
                    at,
                    "'%s' is not one of %s".formatted(shown(text), String.join(", ", names)),
                    Suggestion.remedy(text, names));
            return null;
        };
    }

    /** A list; also of none, unless it must not be empty. Wrong elements are reported and left out. */
    static <T> Value<List<T>> list(Value<T> element) {
        return (at, problems) -> {
            if (!(at.node() instanceof SequenceNode sequence)) {
                problems.add(
                        Code.WRONG_TYPE,
                        at,
                        "this must be a list, but is %s".formatted(typeOf(at)),
                        "Write [one, two], or one per line with a dash");
                return null;
            }
            List<T> elements = new ArrayList<>();
            int index = 0;
            for (Node node : sequence.getValue()) {
                T read = element.read(at.element(node, index++), problems);
                if (read != null) {
                    elements.add(read);
                }
            }
            return elements;
        };
    }

    static <T> Value<List<T>> some(Value<T> element) {
        return (at, problems) -> {
            if (at.node() instanceof SequenceNode sequence
                    && sequence.getValue().isEmpty()) {
                problems.add(Code.WRONG_TYPE, at, "this list is empty", "Name at least one");
                return null;
            }
            return list(element).read(at, problems);
        };
    }

    /** An argument vector: no shell takes a text apart. */
    static @Nullable List<String> command(Located at, Problems problems) {
        if (at.node() instanceof ScalarNode) {
            problems.add(
                    Code.WRONG_TYPE,
                    at,
                    "a command is a list of arguments, as no shell takes it apart",
                    "Write [program, argument, argument]");
            return null;
        }
        return some(Values::text).read(at, problems);
    }

    private static @Nullable ZoneId zone(Located at, Problems problems) {
        String text = text(at, problems);
        if (text == null) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            problems.add(
                    Code.BAD_ZONE,
                    at,
                    "'%s' is not a time zone".formatted(shown(text)),
                    Suggestion.of(text, ZoneId.getAvailableZoneIds())
                            .map("Did you mean '%s'?"::formatted)
                            .orElse("Write such as Europe/Berlin or UTC"));
            return null;
        }
    }

    private static URI url(String text) {
        Names.require(text.indexOf('@') < 0, "a URL must not hold credentials");
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        Names.require(http && uri.getHost() != null, "'%s' is not an http or https URL", shown(text));
        return uri;
    }
}

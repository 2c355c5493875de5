package io.holdfast.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with variables in braces, such as <code>/backups/{id}</code>: the simple expansion of RFC 6570, level 1, and
 * nothing else of it.
 */
public record Template(@JsonValue String text) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9]+)}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Template {
        String rest = VARIABLE.matcher(text).replaceAll("");
        Names.require(
                rest.indexOf('{') < 0 && rest.indexOf('}') < 0,
                "'%s' has a brace that does not belong to a variable",
                Values.shown(text));
    }

    /** The names of its variables, in their order. */
    public List<String> variables() {
        return VARIABLE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** The text with each variable replaced by what the function makes of its name. */
    public String expand(UnaryOperator<String> values) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
    }
}

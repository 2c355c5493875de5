package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One protected part of a stack, written {@code stack/component}.
 *
 * <p>The component {@value #MANIFEST} is reserved: it holds the manifests of the stack's recovery points.
 */
public record ComponentId(String stack, String component) {

    public static final String MANIFEST = "manifest";

    public ComponentId {
        Names.require("stack", stack);
        Names.require("component", component);
    }

    /** The reserved component under which a stack's manifests are kept. */
    public static ComponentId manifestOf(String stack) {
        return new ComponentId(stack, MANIFEST);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ComponentId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'%s' is not of the form stack/component".formatted(text));
        }
        return new ComponentId(text.substring(0, slash), text.substring(slash + 1));
    }

    @JsonValue
    @Override
    public String toString() {
        return stack + "/" + component;
    }
}

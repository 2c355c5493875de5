package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The part of one stack that a request is about.
 *
 * @param components without their stack; empty for all
 */
record Choice(String stack, List<String> components) {

    /**
     * Finds out what a caller means.
     *
     * @param stack null if the caller did not say
     * @param collections names of components, or {@code stack/component}
     * @param known the stacks that there are, with their components
     */
    static Choice of(
            @Nullable String stack, List<String> collections, SortedMap<String, ? extends Collection<String>> known) {
        List<String> components = collections.stream()
                .distinct()
                .map(collection -> collection.substring(collection.indexOf('/') + 1))
                .toList();
        String one = one(named(stack, collections), components, known);
        Collection<String> there = known.get(one);
        if (there == null) {
            throw unknownStack(one, known.keySet());
        }
        for (String component : components) {
            if (!there.contains(component)) {
                throw unknown("The stack '%s' has no component '%s'; it has %s."
                        .formatted(one, component, new TreeSet<>(there)));
            }
        }
        return new Choice(one, components);
    }

    /** The stack that a caller names, if only by {@code stack/component}; null if none, or if these name several. */
    static @Nullable String stack(@Nullable String stack, List<String> collections) {
        Set<String> named = named(stack, collections);
        return named.size() == 1 ? named.iterator().next() : stack;
    }

    private static Set<String> named(@Nullable String stack, List<String> collections) {
        Set<String> stacks = new LinkedHashSet<>();
        if (stack != null) {
            stacks.add(stack);
        }
        collections.stream()
                .filter(collection -> collection.contains("/"))
                .map(collection -> collection.substring(0, collection.indexOf('/')))
                .forEach(stacks::add);
        return stacks;
    }

    private static String one(
            Set<String> named, List<String> components, SortedMap<String, ? extends Collection<String>> known) {
        if (named.size() > 1) {
            throw whichStack("One request is about one stack, and this one names %s.".formatted(named));
        }
        if (named.size() == 1) {
            return named.iterator().next();
        }
        if (known.isEmpty()) {
            throw new ConsoleProblem(
                    HttpStatus.CONFLICT,
                    Code.NOTHING_PLANNED,
                    "No stack is known, because no plan is published and no vault has been read. Nothing was changed."
                            + " Publish a plan: PUT /api/plan, or 'holdfast plan publish FILE'.");
        }
        if (known.size() == 1) {
            return known.firstKey();
        }
        List<String> having = known.entrySet().stream()
                .filter(stack -> !components.isEmpty() && stack.getValue().containsAll(components))
                .<String>map(Map.Entry::getKey)
                .toList();
        if (having.size() == 1) {
            return having.getFirst();
        }
        throw whichStack("There are several stacks, %s, and the request does not tell which one it is about."
                .formatted(known.keySet()));
    }

    static ConsoleProblem whichStack(String text) {
        return new ConsoleProblem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                Code.WHICH_STACK,
                text + " Nothing was changed. Give 'stack', or write collections as 'stack/component'.");
    }

    static ConsoleProblem unknownStack(String stack, Set<String> known) {
        return unknown("There is no stack '%s'; there are %s.".formatted(stack, known));
    }

    static ConsoleProblem unknown(String text) {
        return new ConsoleProblem(
                HttpStatus.UNPROCESSABLE_CONTENT, Code.UNKNOWN_COMPONENT, text + " Nothing was changed.");
    }
}

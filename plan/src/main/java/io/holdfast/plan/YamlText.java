package io.holdfast.plan;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns the text of a plan into nodes, within limits that no honest plan reaches. */
final class YamlText {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_NODES = 200_000;

    private final Problems problems;
    private final LoadSettings settings;

    YamlText(String name, Problems problems) {
        this.problems = problems;
        this.settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
    }

    /** The document; empty if a problem was found. */
    Optional<Node> compose(String text) {
        try {
            if (!isWithinLimits(text)) {
                return Optional.empty();
            }
            Optional<Node> document = new Compose(settings).composeString(text);
            if (document.isEmpty()) {
                problems.add(Code.NOT_YAML, 0, 0, "the plan is empty", "Start from the starter plan");
            }
            return document.filter(this::isSmallWithItsAliases);
        } catch (MarkedYamlEngineException e) {
            add(text, e);
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(Code.NOT_YAML, 0, 0, "the plan is not YAML: " + firstLine(e), "Put that right");
            return Optional.empty();
        }
    }

    private boolean isWithinLimits(String text) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            documents += event instanceof DocumentStartEvent ? 1 : 0;
            if (depth > MAX_DEPTH) {
                return refused(event, Code.TOO_COMPLEX, "the plan is nested too deeply", "A plan needs ten levels");
            }
            if (documents > 1) {
                return refused(event, Code.NOT_YAML, "a second document begins", "Keep one plan per file, without ---");
            }
        }
        return true;
    }

    private boolean refused(Event event, Code code, String wrong, String remedy) {
        Optional<Mark> mark = event.getStartMark();
        problems.add(
                code,
                mark.map(Mark::getLine).orElse(-1) + 1,
                mark.map(Mark::getColumn).orElse(-1) + 1,
                wrong,
                remedy);
        return false;
    }

    /** Aliases make a small file large, or endless. */
    private boolean isSmallWithItsAliases(Node document) {
        boolean small = size(document, new IdentityHashMap<>()) <= MAX_NODES;
        if (!small) {
            problems.add(
                    Code.TOO_COMPLEX,
                    new Located(document, ""),
                    "the plan has more than %,d values once its aliases are spelled out".formatted(MAX_NODES),
                    "Use fewer aliases");
        }
        return small;
    }

    private static long size(Node node, Map<Node, Long> known) {
        Long size = known.get(node);
        if (size != null) {
            return size;
        }
        known.put(node, (long) MAX_NODES + 1);
        long sum = 1;
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    sum += size(tuple.getKeyNode(), known) + size(tuple.getValueNode(), known);
                }
            }
            case SequenceNode sequence -> {
                for (Node element : sequence.getValue()) {
                    sum += size(element, known);
                }
            }
            default -> {}
        }
        long bounded = Math.min(sum, MAX_NODES + 1L);
        known.put(node, bounded);
        return bounded;
    }

    private void add(String text, MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        int line = mark.map(Mark::getLine).orElse(-1) + 1;
        int column = mark.map(Mark::getColumn).orElse(-1) + 1;
        String problem = e.getProblem() == null ? firstLine(e) : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        String wrong = "the plan is not YAML: %s%s".formatted(context, problem).strip();
        problems.add(
                Code.NOT_YAML,
                line,
                column,
                wrong,
                remedy(text.lines().skip(Math.max(0, line - 1L)).findFirst().orElse(""), context + problem));
    }

    private static String remedy(String line, String message) {
        String indentation =
                line.substring(0, line.length() - line.stripLeading().length());
        if (indentation.indexOf('\t') >= 0 || message.contains("TAB")) {
            return "Indent with spaces, never with tabs";
        }
        if (message.contains("alias") || message.contains("cannot start any token")) {
            return "Put a value that begins with *, @, %, & or ` into quotes";
        }
        if (message.contains("mapping values are not allowed")) {
            return "Check the indentation, and put a value that contains ': ' into quotes";
        }
        return "Check the indentation, brackets and quotes in this line and the one before";
    }

    private static String firstLine(@Nullable Exception e) {
        String message = e == null || e.getMessage() == null ? "unknown" : e.getMessage();
        return message.lines().findFirst().orElse("unknown");
    }
}

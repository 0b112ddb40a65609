package io.marketbrain.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The contents of {@code brain.yaml} with the line of every value: nested keys are joined by dots, lists of plain
 * values by commas. Immutable.
 *
 * @param values the text of each key; empty for a key without a value
 */
record YamlFile(Map<String, Entry> values, List<Problem> problems) {

    /**
     * A value.
     *
     * @param path the names of its key, outermost first
     * @param line counted from 1
     */
    record Entry(List<String> path, String text, int line) {}

    record Problem(int line, String message) {}

    static final YamlFile EMPTY = new YamlFile(Map.of(), List.of());

    private static final int MOST_LEVELS = 8;

    static YamlFile parse(String text) {
        var reader = new Reader();
        try {
            LoadSettings settings = LoadSettings.builder().build();
            Optional<Node> root = new Compose(settings).composeString(text);
            root.ifPresent(node -> reader.read(List.of(), node));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            String problem = e.getProblem();
            reader.problems.add(new Problem(line, "is not YAML: " + problem));
        } catch (StackOverflowError e) {
            reader.problems.add(new Problem(1, "is nested too deeply"));
        } catch (YamlEngineException e) {
            reader.problems.add(new Problem(1, "is not YAML: " + e.getMessage()));
        }
        return new YamlFile(reader.values, reader.problems);
    }

    private static final class Reader {
        private final Map<String, Entry> values = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        void read(List<String> path, Node node) {
            if (path.size() > MOST_LEVELS || node.isRecursive()) {
                problems.add(new Problem(line(node), "is nested too deeply"));
                return;
            }
            switch (node) {
                case MappingNode mapping
                when !path.isEmpty() && mapping.getValue().isEmpty() -> put(path, "", line(node));
                case MappingNode mapping -> mapping.getValue().forEach(tuple -> readEntry(path, tuple));
                case SequenceNode sequence -> put(path, items(path, sequence), line(node));
                case ScalarNode scalar -> readScalar(path, scalar);
                default ->
                    problems.add(
                            new Problem(line(node), "contains a YAML node that is not a mapping, a list or a value"));
            }
        }

        private void readEntry(List<String> path, NodeTuple tuple) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)
                    || name.getValue().isBlank()) {
                problems.add(new Problem(line(tuple.getKeyNode()), "has a key that is not a name"));
                return;
            }
            List<String> below = new ArrayList<>(path);
            below.add(name.getValue());
            int before = values.size();
            read(below, tuple.getValueNode());
            if (values.size() == before + 1 && tuple.getValueNode() instanceof ScalarNode) {
                // The line of a setting is the line of its name, also where the value stands below it.
                values.computeIfPresent(
                        String.join(".", below), (_, entry) -> new Entry(entry.path, entry.text, line(name)));
            }
        }

        private void readScalar(List<String> path, ScalarNode scalar) {
            if (!path.isEmpty()) {
                put(path, isNull(scalar) ? "" : scalar.getValue(), line(scalar));
            } else if (!isNull(scalar)) {
                problems.add(new Problem(line(scalar), "has a single value where settings are expected"));
            }
        }

        private void put(List<String> path, String text, int line) {
            String key = String.join(".", path);
            if (path.isEmpty()) {
                problems.add(new Problem(line, "has a list where settings are expected"));
            } else if (values.putIfAbsent(key, new Entry(List.copyOf(path), text, line)) != null) {
                problems.add(new Problem(line, key + " appears twice"));
            }
        }

        private String items(List<String> path, SequenceNode sequence) {
            var items = new ArrayList<String>();
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    items.add(scalar.getValue());
                } else {
                    problems.add(new Problem(line(item), String.join(".", path) + " takes a list of plain values"));
                }
            }
            return String.join(",", items);
        }

        private static boolean isNull(ScalarNode scalar) {
            return scalar.isPlain()
                    && (scalar.getValue().isEmpty()
                            || scalar.getValue().equals("~")
                            || scalar.getValue().equals("null"));
        }

        private static int line(Node node) {
            return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        }
    }
}

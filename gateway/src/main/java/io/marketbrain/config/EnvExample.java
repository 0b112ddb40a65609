package io.marketbrain.config;

import java.util.List;

/** The {@code .env.example} file, written from the catalogue of settings. */
public final class EnvExample {
    private static final int WIDTH = 96;

    private EnvExample() {}

    /** Every setting with its description, commented out, so that the file changes nothing until edited. */
    public static String of(List<Setting> catalogue) {
        var out = new StringBuilder();
        out.append("# Settings of Market Intel Brain. Copy this file to .env and uncomment what you want to change.\n");
        out.append("# Nothing is required. Order of precedence: flags, the environment, .env, credentials stored\n");
        out.append("# with \"brain secrets\", brain.yaml.\n");
        String section = "";
        for (Setting setting : catalogue) {
            String name = setting.key().contains(".")
                    ? setting.key().substring(0, setting.key().lastIndexOf('.'))
                    : "general";
            if (!name.equals(section)) {
                section = name;
                out.append("\n# ---- ").append(name).append('\n');
            }
            out.append('\n');
            wrap(out, setting.description());
            if (setting.environmentName().isEmpty()) {
                wrap(out, "In brain.yaml only: " + setting.key() + ", " + setting.allowed() + ".");
                continue;
            }
            wrap(out, "Allowed: " + setting.allowed() + ". In brain.yaml: " + setting.key() + ".");
            out.append('#').append(setting.environmentName()).append('=').append(setting.fallback());
            out.append('\n');
        }
        return out.toString();
    }

    private static void wrap(StringBuilder out, String text) {
        int column = 0;
        for (String word : text.split(" ", -1)) {
            if (column == 0 || column + 1 + word.length() > WIDTH) {
                out.append(column == 0 ? "# " : "\n# ");
                column = 2;
            } else {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        out.append('\n');
    }
}

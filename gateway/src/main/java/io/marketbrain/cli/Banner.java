package io.marketbrain.cli;

import io.marketbrain.api.mounting.MountAddress;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.config.EffectiveSetting;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderMode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The text printed when the gateway has started: its address, and which providers are live, replayed or mock and why. */
final class Banner {
    private static final int NAMED_ONE_BY_ONE = 4;

    private Banner() {}

    static String of(ConfigResult.Loaded loaded, Launcher.Running running) {
        String scheme = loaded.config().server().tls().isPresent() ? "https://" : "http://";
        String address = scheme + host(loaded.config().server().host()) + ":" + running.port();
        var out = new StringBuilder();
        out.append("Market Intel Brain ").append(SettingsLoader.version().orElse("(development)"));
        out.append(" on ").append(address).append('\n');
        out.append(everyInterface(loaded.config().server().host()));
        out.append("  docs   ").append(address).append("/docs\n");
        for (MountAddress facade : running.facades()) {
            String host = facade.host().orElse(host(loaded.config().server().host()));
            int port = facade.port().orElse(running.port());
            out.append("  also   ").append(scheme).append(host).append(':').append(port);
            out.append(" for ").append(facade.prefix()).append('\n');
        }
        line(out, "live", running.providers(), Mode.LIVE);
        line(out, "replay", running.providers(), Mode.REPLAY);
        line(out, "mock", running.providers(), Mode.MOCK);
        loaded.config()
                .recording()
                .folder()
                .ifPresent(folder -> out.append("  record ")
                        .append(recording(folder, running.providers()))
                        .append('\n'));
        out.append("  redis  ").append(redis(loaded.settings())).append('\n');
        return out.toString();
    }

    private static void line(StringBuilder out, String label, List<ProviderMode> providers, Mode mode) {
        List<ProviderMode> those =
                providers.stream().filter(p -> p.mode() == mode).toList();
        if (those.isEmpty()) {
            return;
        }
        out.append("  ").append(label).append(" ".repeat(7 - label.length()));
        if (mode == Mode.MOCK && those.size() > NAMED_ONE_BY_ONE) {
            out.append(those.size()).append(" providers (\"brain providers\" shows which and why)");
        } else {
            out.append(those.stream()
                    .map(p -> p.id() + " (" + p.reason() + ")")
                    .collect(Collectors.joining("\n" + " ".repeat(9))));
        }
        out.append('\n');
    }

    private static String recording(Path folder, List<ProviderMode> providers) {
        return providers.stream().anyMatch(provider -> provider.mode() == Mode.LIVE)
                ? "responses of live providers, in " + folder
                : "nothing, because no provider is live";
    }

    private static String redis(List<EffectiveSetting> settings) {
        return settings.stream()
                .filter(s -> s.setting().environmentName().equals("REDIS_URL")
                        && !s.value().isEmpty())
                .findFirst()
                .map(s -> s.value() + ", connecting in the background; data is cached in memory until it responds")
                .orElse("not used (REDIS_URL is not set); data is cached in memory");
    }

    /** A line about the reach of the gateway, if it listens on more than one address; otherwise empty. */
    static String everyInterface(String host) {
        return switch (host) {
            case "0.0.0.0", "::", "[::]" -> "  listens on all network interfaces (" + host + ")\n";
            default -> "";
        };
    }

    /** The host to show in the address; localhost if the gateway listens on every address. */
    private static String host(String host) {
        return switch (host) {
            case "0.0.0.0", "::", "[::]" -> "localhost";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}

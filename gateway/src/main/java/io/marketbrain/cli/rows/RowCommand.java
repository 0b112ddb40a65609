package io.marketbrain.cli.rows;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.LocalGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that prints data as rows. */
public abstract class RowCommand implements Callable<Integer> {
    private final LocalGateway local;
    private final RowLayout layout;

    @Mixin
    private RowOptions rows = new RowOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    protected RowCommand(LocalGateway local, RowLayout layout) {
        this.local = local;
        this.layout = layout;
    }

    /** The paths to request below {@code /api/v1}. */
    protected abstract List<List<String>> paths(LocalApi api);

    /** The parameters of each request; those without a value are left out. */
    protected Map<String, Optional<String>> query() {
        return Map.of();
    }

    /** The instant that a time option stands for. */
    protected final Optional<String> instant(String option, @Nullable String text) {
        return rows.instant(option, text, local);
    }

    @Override
    public final Integer call() {
        rows.check();
        Map<String, Optional<String>> query = query();
        return local.ask(options.given(), api -> rows.print(local, api, layout, paths(api), query));
    }
}

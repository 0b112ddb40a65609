package io.marketbrain.cli;

import io.marketbrain.cli.commands.AlertsCommand;
import io.marketbrain.cli.commands.BookCommand;
import io.marketbrain.cli.commands.BudgetCommand;
import io.marketbrain.cli.commands.CandlesCommand;
import io.marketbrain.cli.commands.ConfigCommand;
import io.marketbrain.cli.commands.ConvertCommand;
import io.marketbrain.cli.commands.DriftCommand;
import io.marketbrain.cli.commands.ExplainCommand;
import io.marketbrain.cli.commands.HealthCommand;
import io.marketbrain.cli.commands.KeysCommand;
import io.marketbrain.cli.commands.McpCommand;
import io.marketbrain.cli.commands.NewsCommand;
import io.marketbrain.cli.commands.ProvidersCommand;
import io.marketbrain.cli.commands.QuoteCommand;
import io.marketbrain.cli.commands.ReportCommand;
import io.marketbrain.cli.commands.ScriptCommands;
import io.marketbrain.cli.commands.SearchCommand;
import io.marketbrain.cli.commands.SecretsCommand;
import io.marketbrain.cli.commands.SeriesCommand;
import io.marketbrain.cli.commands.TradesCommand;
import io.marketbrain.cli.commands.VersionCommand;
import io.marketbrain.cli.completion.CompletionCommand;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.ServeOptions;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.cli.doctor.DoctorCommand;
import io.marketbrain.cli.providers.ProviderCheckCommand;
import io.marketbrain.cli.providers.ProviderLiveCommand;
import io.marketbrain.cli.providers.ProviderNewCommand;
import io.marketbrain.cli.providers.ProviderTestCommand;
import io.marketbrain.cli.watch.WatchCommand;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands for the command-line library, except the plain forms of {@code serve}. */
final class Commands {
    private Commands() {}

    static int run(String[] arguments, CommandContext context, Launcher launcher) {
        var local = new LocalGateway(context, launcher);
        var line = new CommandLine(new Brain(context, launcher))
                .addSubcommand(new ServeCommand(context, launcher))
                .addSubcommand(new QuoteCommand(local))
                .addSubcommand(new WatchCommand(local))
                .addSubcommand(new CandlesCommand(local))
                .addSubcommand(new BookCommand(local))
                .addSubcommand(new TradesCommand(local))
                .addSubcommand(new SeriesCommand(local))
                .addSubcommand(new NewsCommand(local))
                .addSubcommand(new SearchCommand(local))
                .addSubcommand(new ConvertCommand(local))
                .addSubcommand(new ExplainCommand(local))
                .addSubcommand(new McpCommand(context, launcher, System.in))
                .addSubcommand(providers(local))
                .addSubcommand(new ConfigCommand(context))
                .addSubcommand(new KeysCommand(context))
                .addSubcommand(new BudgetCommand(local))
                .addSubcommand(new AlertsCommand(local))
                .addSubcommand(new SecretsCommand(context))
                .addSubcommand(new ReportCommand(context))
                .addSubcommand(new DoctorCommand(context, launcher))
                .addSubcommand(new HealthCommand(context))
                .addSubcommand(new ScriptCommands.Test(context))
                .addSubcommand(new ScriptCommands.Bench(context))
                .addSubcommand(new ScriptCommands.Build(context))
                .addSubcommand(new ScriptCommands.Dist(context))
                .addSubcommand(new CompletionCommand(context))
                .addSubcommand(new VersionCommand(context));
        addHelp(line);
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(context.terminal() ? Ansi.AUTO : Ansi.OFF));
        line.registerConverter(
                OutputFormats.Listing.class, text -> OutputFormats.of(OutputFormats.Listing.values(), text));
        line.registerConverter(OutputFormats.Rows.class, text -> OutputFormats.of(OutputFormats.Rows.values(), text));
        line.registerConverter(
                OutputFormats.Series.class, text -> OutputFormats.of(OutputFormats.Series.values(), text));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler(Commands::misused);
        line.setExecutionStrategy(Commands::execute);
        line.setExecutionExceptionHandler((e, _, _) -> {
            throw e;
        });
        return line.execute(arguments);
    }

    /** Lets every command explain itself, also those within others. Methods that are commands say so in their annotation. */
    private static void addHelp(CommandLine line) {
        line.getSubcommands().values().forEach(sub -> {
            if (!(sub.getCommandSpec().userObject() instanceof Method)) {
                sub.getCommandSpec().mixinStandardHelpOptions(true);
            }
            addHelp(sub);
        });
    }

    private static CommandLine providers(LocalGateway local) {
        return new CommandLine(new ProvidersCommand(local))
                .addSubcommand(new DriftCommand(local))
                .addSubcommand(new ProviderNewCommand(local.context()))
                .addSubcommand(new ProviderCheckCommand(local.context()))
                .addSubcommand(new ProviderTestCommand(local))
                .addSubcommand(new ProviderLiveCommand(local));
    }

    /** Runs the command, or rejects options before it that the command would ignore. */
    private static int execute(ParseResult parsed) {
        CommandSpec root = parsed.commandSpec();
        ParseResult sub = parsed.subcommand();
        if (sub != null) {
            for (OptionSpec option : parsed.matchedOptions()) {
                if (ConfigOptions.of(root).isPresent()
                        && !sub.commandSpec().optionsMap().containsKey(option.longestName())) {
                    throw new CommandLine.ParameterException(
                            sub.commandSpec().commandLine(), unusable(sub.commandSpec(), option.longestName()));
                }
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static String unusable(CommandSpec command, String option) {
        return ConfigOptions.of(command).isEmpty()
                ? "\"" + command.name() + "\" reads no settings; leave out the options before it"
                : "\"" + command.name() + "\" has no option " + option
                        + ": it neither serves nor asks a gateway that does";
    }

    private static int misused(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("brain: " + e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            String meant = suggestions(command, unmatched.getUnmatched().getFirst()).stream()
                    .map(name -> name.startsWith("-")
                            ? name
                            : command.getCommandSpec().qualifiedName() + " " + name)
                    .collect(Collectors.joining(" or "));
            if (!meant.isEmpty()) {
                command.getErr().println("Did you mean: " + meant + "?");
            }
        }
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    private static List<String> suggestions(CommandLine command, String wrong) {
        return CommandSuggestions.of(
                wrong.replaceFirst("=.*", ""),
                wrong.startsWith("-")
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet());
    }

    /** The version, for {@code --version} of every command. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {VersionCommand.line()};
        }
    }

    /** {@code brain} without a command, which is {@code brain serve}. */
    @Command(
            name = "brain",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = {
                "One REST API over many market-data providers, and a labelled mock market where you have no keys.",
                "Without a command, it serves on 127.0.0.1:8000.",
            },
            synopsisSubcommandLabel = "[COMMAND]",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:success",
                "1:failed: no data, a failed check, a failed build or test",
                "2:an invalid command line, request or setting",
                "3:the port is in use",
                "4:a required program is not installed",
                "5:the output could not be written",
                "141:the program that read the output has ended",
            },
            footer = {
                "",
                "Examples:",
                "  brain                                  serve on http://127.0.0.1:8000",
                "  brain --port 9000 --set log.level=DEBUG",
                "  brain quote binance BTCUSDT",
                "  brain candles binance BTCUSDT --interval 1d --limit 30 --format csv",
                "  brain doctor",
            })
    static final class Brain implements Callable<Integer> {
        private final CommandContext context;
        private final Launcher launcher;

        @Mixin
        private ServeOptions options = new ServeOptions();

        Brain(CommandContext context, Launcher launcher) {
            this.context = context;
            this.launcher = launcher;
        }

        @Override
        public Integer call() {
            return SettingsLoader.with(
                    context, options.given(), loaded -> GatewayStarter.start(context, launcher, loaded));
        }
    }

    /** {@code brain serve}. */
    @Command(
            name = "serve",
            description = "Serves the API; the default command.",
            footer = {
                "",
                "Examples:",
                "  brain serve --port 9000",
                "  brain serve --host 0.0.0.0 --config /etc/brain.yaml",
            })
    static final class ServeCommand implements Callable<Integer> {
        private final CommandContext context;
        private final Launcher launcher;

        @Mixin
        private ServeOptions options = new ServeOptions();

        ServeCommand(CommandContext context, Launcher launcher) {
            this.context = context;
            this.launcher = launcher;
        }

        @Override
        public Integer call() {
            return SettingsLoader.with(
                    context, options.given(), loaded -> GatewayStarter.start(context, launcher, loaded));
        }
    }
}

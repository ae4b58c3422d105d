using System.CommandLine;
using System.CommandLine.Parsing;
using OmniIoT.Domain.Text;

namespace OmniIoT.Host;

/// <summary>What was said on the command line.</summary>
/// <param name="Settings">For the configuration, in order: the later wins.</param>
/// <param name="Errand">What is to be done instead of a start; null: start.</param>
/// <param name="Answer">Tells what was asked for instead of a start (help, version), and the exit code; null: start.</param>
internal sealed record CommandLine(bool Demo, IReadOnlyList<KeyValuePair<string, string?>> Settings, Errand? Errand, Func<int>? Answer)
{
    private const string Introduction = """
        OmniIoT: devices, the people who own them, and the places they visit, in one process.

        Settings come from appsettings.json, environment variables (OmniIoT__Mqtt__Port=1883) and the command line
        (--OmniIoT:Mqtt:Port=1883); the later wins.
        """;

    /// <exception cref="WrongSettingException">An argument is none that we know.</exception>
    public static CommandLine Parse(string[] args)
    {
        Option<bool> demo = new("--demo")
        {
            Arity = ArgumentArity.Zero,
            Description = "also start simulated products and shoppers, and fill in stores, campaigns, customers and agents",
        };
        List<(Setting Setting, Option<string[]> Option)> settings = [.. Setting.All.Select(setting => (setting, OptionOf(setting)))];
        ErrandCommands errands = new();
        RootCommand root = new(Introduction) { demo };
        foreach (Command errand in errands.All)
            root.Subcommands.Add(errand);
        root.SetAction(_ => 0);
        foreach ((_, Option<string[]> option) in settings)
            root.Options.Add(option);
        SplitArguments split = SplitArguments.Of(args);
        ParseResult parsed = root.Parse(split.Ours, new ParserConfiguration { ResponseFileTokenReplacer = null });
        RefuseMistakes(parsed, root);
        return new CommandLine(
            parsed.GetResult(demo) is { Implicit: false },
            [
                .. split.Others,
                .. settings.SelectMany(setting =>
                    (parsed.GetValue(setting.Option) ?? []).Select(value => KeyValuePair.Create(setting.Setting.Key, (string?)value))
                ),
            ],
            errands.Read(parsed),
            parsed.Action == parsed.CommandResult.Command.Action ? null : () => parsed.Invoke()
        );
    }

    private static Option<string[]> OptionOf(Setting setting) =>
        new("--" + setting.Key)
        {
            Description = $"{setting.Meaning} [{setting.Default}]",
            HelpName = "value",
            Recursive = true,
            AllowMultipleArgumentsPerToken = false,
        };

    private static void RefuseMistakes(ParseResult parsed, RootCommand root)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            string? nearest = NearestName.Among(root.Children.Select(symbol => symbol.Name), unknown);
            throw new WrongSettingException(
                "The argument",
                unknown,
                $"--demo, --help, --version, backup, restore, audit verify, or a setting such as --OmniIoT:Mqtt:Port=1883; the nearest is {nearest}"
            );
        }
        if (parsed.Errors is [{ SymbolResult: OptionResult { Option: var incomplete } }, ..])
            throw new WrongSettingException(incomplete.Name, "", "a value behind it");
        if (parsed.Errors is [{ SymbolResult: ArgumentResult }, ..])
            throw new WrongSettingException(parsed.CommandResult.Command.Name, "", "one directory behind it");
        if (parsed.Errors is [var other, ..])
            throw new WrongSettingException("The command line", string.Join(' ', parsed.Tokens), other.Message.TrimEnd('.'));
    }
}

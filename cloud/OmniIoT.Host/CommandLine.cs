namespace OmniIoT.Host;

/// <summary>What was said on the command line: flags, and settings for the configuration.</summary>
internal sealed record CommandLine(bool Demo, bool Help, string[] Settings)
{
    /// <exception cref="WrongSettingException">An argument is none that we know.</exception>
    public static CommandLine Parse(string[] args)
    {
        List<string> settings = [];
        bool demo = false;
        bool help = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--demo":
                    demo = true;
                    break;
                case "--help" or "-h" or "-?":
                    help = true;
                    break;
                case var setting when IsSetting(setting):
                    // As one argument, so that what follows is never taken for its value.
                    settings.Add(
                        setting.Contains('=', StringComparison.Ordinal) || i + 1 == args.Length ? setting : setting + "=" + args[++i]
                    );
                    break;
                default:
                    throw new WrongSettingException(
                        "The argument",
                        args[i],
                        "--demo, --help, or a setting such as --OmniIoT:Mqtt:Port=1883"
                    );
            }
        }
        return new CommandLine(demo, help, [.. settings]);
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Split('=')[0].Contains(':', StringComparison.Ordinal);
}

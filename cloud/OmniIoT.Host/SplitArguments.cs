namespace OmniIoT.Host;

/// <summary>
/// The arguments, with each setting of ours as two, its name and its value: what parses them takes a colon for the end of a name.
/// </summary>
/// <param name="Ours">For the parser.</param>
/// <param name="Others">Settings of what we are built upon, such as <c>Logging:LogLevel:Default</c>.</param>
internal sealed record SplitArguments(IReadOnlyList<string> Ours, IReadOnlyList<KeyValuePair<string, string?>> Others)
{
    private const string Prefix = "--";

    /// <exception cref="WrongSettingException">There is no such setting.</exception>
    public static SplitArguments Of(string[] args)
    {
        List<string> ours = [];
        List<KeyValuePair<string, string?>> others = [];
        for (int i = 0; i < args.Length; i++)
        {
            string[] parts = args[i].Split('=', 2);
            if (!parts[0].StartsWith(Prefix, StringComparison.Ordinal) || !parts[0].Contains(':', StringComparison.Ordinal))
            {
                ours.Add(args[i]);
                continue;
            }
            string key = parts[0][Prefix.Length..];
            if (Setting.All.FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } known)
                ours.AddRange([Prefix + known.Key, .. parts[1..]]);
            else if (key.StartsWith(Setting.Root + ":", StringComparison.OrdinalIgnoreCase))
                throw new WrongSettingException([WrongSetting.Unknown(key, parts is [_, var value] ? value : "")]);
            else
                others.Add(KeyValuePair.Create(key, (string?)(parts is [_, var said] ? said : args.ElementAtOrDefault(++i) ?? "")));
        }
        return new SplitArguments(ours, others);
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Zigbee2Mqtt;

/// <summary>The bridge's log, which is the only place where it says that a device could not be reached.</summary>
internal static partial class BridgeLog
{
    /// <summary>Of a publish that failed, the device's open command that asked for it; all else adds nothing.</summary>
    public static Meaning Read(JsonElement entry)
    {
        if (
            entry.Text("level") != "error"
            || entry.Text("message") is not { } message
            || Failed().Match(message) is not { Success: true } failed
        )
            return new Meaning();
        string name = failed.Groups["name"].Value;
        string key = failed.Groups["key"].Value;
        return new Meaning().Answers(command => command.Arguments.ContainsKey(key) ? new CommandResult(null, message) : null, name);
    }

    [GeneratedRegex(
        "[Pp]ublish '(?:set|get)' '(?<key>[^']+)' to '(?<name>[^']+)' failed",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Failed();
}

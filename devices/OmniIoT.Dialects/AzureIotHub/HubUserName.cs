using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>
/// The user name in CONNECT: <c>{host}/{device}[/{module}]/?api-version=…</c>, with further parameters in any order, escaped or not.
/// </summary>
/// <param name="Host">The hub's or the gateway's name, perhaps with a port; any is accepted.</param>
/// <param name="ModuleId">Null for the device itself.</param>
public sealed record HubUserName(string Host, string DeviceId, string? ModuleId)
{
    /// <summary>What the client id must be.</summary>
    public string ClientId => ModuleId is null ? DeviceId : $"{DeviceId}/{ModuleId}";

    /// <summary>False when it is not of the hub's form: ids of ours contain no slash.</summary>
    public static bool TryParse(string userName, [NotNullWhen(true)] out HubUserName? parsed)
    {
        parsed = null;
        int end = StartOfParameters(userName);
        string[] levels = end < 0 ? [] : userName[..end].Split('/');
        if (levels.Length is not (2 or 3) || levels.Any(level => level.Length == 0))
            return false;
        parsed = new HubUserName(levels[0], levels[1], levels.Length == 3 ? levels[2] : null);
        return true;
    }

    // Older devices leave the question mark out.
    private static int StartOfParameters(string userName)
    {
        int start = userName.IndexOf("/?", StringComparison.Ordinal);
        return start >= 0 ? start : userName.IndexOf("/api-version=", StringComparison.Ordinal);
    }
}

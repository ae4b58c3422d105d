using OmniIoT.Domain;

namespace OmniIoT.Gateway.Sessions;

/// <summary>
/// What a session is known by, also in storage: its principal and its client id, so that no principal can take over another's
/// session by its client id. <c>device:press-7/abc</c>; in laboratory mode <c>/abc</c>.
/// </summary>
internal static class SessionKey
{
    public static string Of(EntityId? principal, string clientId) => $"{principal}/{clientId}";

    /// <summary>The client id within a key; ids of principals contain no slash.</summary>
    public static string ClientId(string key) => key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
}

using OmniIoT.Domain;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Security;

/// <summary>What became of credentials.</summary>
/// <param name="Principal">Null when refused.</param>
/// <param name="Reason">For people; names no secret.</param>
/// <param name="Dialects">What it speaks besides our own topics; null for nothing else.</param>
/// <param name="ExpiresAt">When what it signed in with ends, and the connection with it; null never.</param>
internal readonly record struct SignIn(
    EntityId? Principal,
    ReasonCode Refusal,
    string Reason,
    DialectSet? Dialects = null,
    Instant? ExpiresAt = null
)
{
    /// <summary>Laboratory mode: nobody in particular.</summary>
    public static SignIn Anonymous { get; } = new(null, ReasonCode.Success, "anonymous");

    public static SignIn As(EntityId principal, DialectSet? dialects = null, Instant? expiresAt = null) =>
        new(principal, ReasonCode.Success, "signed in", dialects, expiresAt);

    public static SignIn Refused(ReasonCode refusal, string reason) => new(null, refusal, reason);
}

using OmniIoT.Domain;
using OmniIoT.Gateway.Dialects;

namespace OmniIoT.Gateway.Security;

/// <summary>What became of credentials.</summary>
/// <param name="Principal">Null when refused.</param>
/// <param name="Reason">For people; names no secret.</param>
/// <param name="Dialect">What it speaks besides our own topics; null for nothing else.</param>
/// <param name="ExpiresAt">When what it signed in with ends, and the connection with it; null never.</param>
internal readonly record struct SignIn(
    EntityId? Principal,
    ReasonCode Refusal,
    string Reason,
    IDialect? Dialect = null,
    Instant? ExpiresAt = null
)
{
    /// <summary>Laboratory mode: nobody in particular.</summary>
    public static SignIn Anonymous { get; } = new(null, ReasonCode.Success, "anonymous");

    public static SignIn As(
        EntityId principal,
        IDialect? dialect = null,
        Instant? expiresAt = null
    ) => new(principal, ReasonCode.Success, "signed in", dialect, expiresAt);

    public static SignIn Refused(ReasonCode refusal, string reason) => new(null, refusal, reason);
}

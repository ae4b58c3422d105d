using OmniIoT.Domain;
using OmniIoT.Gateway.Dialects;

namespace OmniIoT.Gateway.Security;

/// <summary>What became of credentials.</summary>
/// <param name="Principal">Null when refused.</param>
/// <param name="Reason">For people; names no secret.</param>
/// <param name="Dialect">What it speaks besides our own topics; null for nothing else.</param>
internal readonly record struct SignIn(GrainId? Principal, ReasonCode Refusal, string Reason, IDialect? Dialect = null)
{
    /// <summary>Laboratory mode: nobody in particular.</summary>
    public static SignIn Anonymous { get; } = new(null, ReasonCode.Success, "anonymous");

    public static SignIn As(GrainId principal, IDialect? dialect = null) => new(principal, ReasonCode.Success, "signed in", dialect);

    public static SignIn Refused(ReasonCode refusal, string reason) => new(null, refusal, reason);
}

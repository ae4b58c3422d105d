using OmniIoT.Domain;

namespace OmniIoT.Gateway.Security;

/// <summary>What became of credentials.</summary>
/// <param name="Principal">Null when refused.</param>
/// <param name="Reason">For people; names no secret.</param>
internal readonly record struct SignIn(GrainId? Principal, ReasonCode Refusal, string Reason)
{
    public static SignIn As(GrainId principal) => new(principal, ReasonCode.Success, "signed in");

    public static SignIn Refused(ReasonCode refusal, string reason) => new(null, refusal, reason);
}

using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Queries;
using OmniIoT.Web;

namespace OmniIoT.Api.Access;

/// <summary>On whose behalf a call is made.</summary>
public abstract record Caller
{
    /// <summary>How the caller is named on timelines.</summary>
    public abstract string Actor { get; }

    /// <summary>What the caller may do of what is the company's.</summary>
    public abstract RightSet Rights { get; }

    /// <summary>The part of the company's that the rights are on; null: all of it.</summary>
    public Bounds? Bounds { get; init; }
}

/// <summary>A program with an API key.</summary>
/// <param name="KeyId">Null: the first one, which may do everything.</param>
public sealed record ProgramCaller(string? KeyId, RightSet Held) : Caller
{
    public static ProgramCaller First { get; } = new(null, RightSet.All);

    public override string Actor => KeyId is null ? "api" : "api:" + KeyId;

    public override RightSet Rights => Held;
}

/// <summary>A person of the company.</summary>
/// <param name="SessionId">Null: the password came with the call.</param>
public sealed record AgentCaller(string Id, string Role, RightSet Held, string? SessionId) : Caller
{
    public override string Actor => "agent:" + Id;

    /// <param name="role">Null: there is none any more, and the agent may do nothing.</param>
    public static AgentCaller Of(AgentAccount account, Role? role, string? sessionId) =>
        new(account.Id, account.Role, role?.Rights ?? RightSet.None, sessionId) { Bounds = role?.Bounds };

    public override RightSet Rights => Held;
}

/// <summary>A customer's app; may do what concerns that customer.</summary>
public sealed record CustomerCaller(string CustomerId) : Caller
{
    public override string Actor => "customer:" + CustomerId;

    public override RightSet Rights => RightSet.None;
}

internal static class CallerFeature
{
    private static readonly object Key = new();
    private static readonly object TokenKey = new();

    public static Caller Caller(this HttpContext context) =>
        context.Items[Key] as Caller ?? throw new InvalidOperationException("The call was not authenticated.");

    /// <summary>Null: the call was not authenticated.</summary>
    public static Caller? KnownCaller(this HttpContext context) => context.Items[Key] as Caller;

    /// <summary>What the caller is limited to; null: nothing.</summary>
    public static Bounds? Bounds(this HttpContext context) => context.Caller().Bounds;

    /// <summary>What the caller was known by.</summary>
    public static string CallerToken(this HttpContext context) =>
        context.Items[TokenKey] as string ?? throw new InvalidOperationException("The call was not authenticated.");

    /// <summary>
    /// What the call changes from here on is on record as the caller's, and so is a refusal: who they are is said before it is looked at
    /// what they may.
    /// </summary>
    public static void SetCaller(this HttpContext context, Caller caller, string token)
    {
        context.Items[Key] = caller;
        context.Items[TokenKey] = token;
        CallOrigin.Current = new Origin(caller.Actor, ClientAddress.Of(context));
    }
}

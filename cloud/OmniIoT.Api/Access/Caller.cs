using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;

namespace OmniIoT.Api.Access;

/// <summary>What an agent may do.</summary>
public enum AgentRole
{
    /// <summary>Devices, alarms and cases.</summary>
    Technician,

    /// <summary>What a technician may, and customers, conversations, places and campaigns.</summary>
    Agent,

    /// <summary>Everything.</summary>
    Admin,
}

/// <summary>On whose behalf a call is made.</summary>
public abstract record Caller
{
    /// <summary>How the caller is named on timelines.</summary>
    public abstract string Actor { get; }
}

/// <summary>A program with the API key; may do everything.</summary>
public sealed record ProgramCaller : Caller
{
    public override string Actor => "api";
}

/// <summary>A person of the company.</summary>
public sealed record AgentCaller(string Id, AgentRole Role) : Caller
{
    public override string Actor => "agent:" + Id;
}

/// <summary>A customer's app; may do what concerns that customer.</summary>
public sealed record CustomerCaller(string CustomerId) : Caller
{
    public override string Actor => "customer:" + CustomerId;
}

internal static class CallerFeature
{
    private static readonly object Key = new();

    public static Caller Caller(this HttpContext context) =>
        context.Items[Key] as Caller ?? throw new InvalidOperationException("The call was not authenticated.");

    /// <summary>Null: the call was not authenticated.</summary>
    public static Caller? KnownCaller(this HttpContext context) => context.Items[Key] as Caller;

    /// <summary>What the call changes from here on is on record as the caller's.</summary>
    public static void SetCaller(this HttpContext context, Caller caller)
    {
        context.Items[Key] = caller;
        CallOrigin.Current = new Origin(caller.Actor, ClientAddress.Of(context));
    }
}

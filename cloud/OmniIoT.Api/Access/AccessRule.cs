using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Problems;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Api.Access;

/// <summary>Who may make a call. Without a rule: every agent, and no customer's app.</summary>
/// <param name="AtLeast">The least role of an agent.</param>
/// <param name="Customers">Whether a customer's app may, on what is its own; the call itself checks that.</param>
internal sealed record AccessRule(AgentRole AtLeast = AgentRole.Technician, bool Customers = false)
{
    public bool Admits(Caller caller) =>
        caller switch
        {
            AgentCaller agent => agent.Role >= AtLeast,
            CustomerCaller => Customers,
            _ => true,
        };
}

internal static class Access
{
    public static TBuilder ForAdmins<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(AgentRole.Admin));

    /// <summary>Technicians may not.</summary>
    public static TBuilder ForDesk<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(AgentRole.Agent));

    /// <summary>Technicians may not; a customer's app may, on what is its own.</summary>
    public static TBuilder ForDeskAndCustomers<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(AgentRole.Agent, Customers: true));

    public static TBuilder ForCustomersToo<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(Customers: true));

    /// <summary>Also says whom the call is about, for the record.</summary>
    /// <exception cref="ProblemException">A customer's app asks for what is not its own.</exception>
    public static void RequireOwn(this HttpContext context, string? customerId)
    {
        context.Concerns(customerId);
        if (
            context.Caller() is CustomerCaller own
            && !context.RequestServices.GetRequiredService<ICatalog>().Merges.AreOne(own.CustomerId, customerId)
        )
            throw Forbidden();
    }

    public static ProblemException Forbidden() =>
        new(Problem.Of(StatusCodes.Status403Forbidden, "These credentials do not give the right to do this."));
}
